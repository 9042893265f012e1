// Checks on batches: what it costs a record to travel alone.

import type { StageId } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import { carriersOf, roleOf, type Transfer } from './reading';

/** The fullest batch that someone sent needs fewer bytes for each message than the emptiest. */
export const fullerBatchesNeedFewerBytes: Check = (run, stage) => {
  const batches = batchesOf(run, stage);
  const [emptiest] = batches;
  const fullest = batches.at(-1);
  if (emptiest === undefined || fullest === undefined) return verdict(false, []);
  const isFuller = fullest.messages.length > emptiest.messages.length;
  const saves = bytesPerMessage(fullest) < bytesPerMessage(emptiest);
  return verdict(isFuller && saves, [emptiest.startSeq, fullest.startSeq]);
};

/** What people sent towards a log, the emptiest first. */
function batchesOf(run: Run, stage: StageId): Transfer[] {
  return carriersOf(run, stage)
    .filter(({ to }) => roleOf(run, to) === 'broker')
    .sort((one, other) => one.messages.length - other.messages.length);
}

const bytesPerMessage = ({ bytes, messages }: Transfer): number => bytes / messages.length;
