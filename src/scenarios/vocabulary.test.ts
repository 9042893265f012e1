// Every word of the trace's vocabulary occurs in some run; a word that none needs is to be removed.

import { expect, test } from 'vitest';
import {
  ENTRY_KINDS,
  EntryKind,
  formatEntry,
  LOSS_CAUSES,
  missesAt,
  TRANSFER_TYPES,
} from '../engine/index';
import { SCENARIOS } from './registry';
import type { Run } from './runScenario';
import { runOf } from './testing/runOf';
import { rowsOf } from './testing/traceColumns';

const SECOND = 1_000_000;

/** Enough of what can happen to need every word. */
const runs: readonly Run[] = [
  ...SCENARIOS.map(({ id }) => runOf(id)),
  runOf('tunnel', { mode: 'loop' }, ['3000 set acks 0', '4510 disconnect A', '4600 reconnect A']),
  runOf('tunnel', { replayWindow: 5 * SECOND, 'retention.ms': 3 * SECOND }),
  runOf('durability', { 'auto.offset.reset': 'latest' }),
  runOf('tunnel', { 'retention.ms': 3 * SECOND, 'auto.offset.reset': 'latest' }),
  runOf('tunnel', { durability: 'off', 'auto.offset.reset': 'latest' }),
  runOf('both-talk', {}, ['45 crash A', '60 restart A', '70 cut A-B', '80 restore A-B']),
  runOf('tunnel', { acks: '1', brokerDistance: 10_000 }, [
    '2530 crash broker-1',
    '2600 restart broker-1',
  ]),
  runOf('acks', { acks: 'all', 'delivery.timeout.ms': 5 * SECOND }, [
    '500 fillDisk broker-3 on',
    '700 fillDisk broker-3 off',
  ]),
  runOf('acks', { acks: '0' }, ['710 shutdown broker-1']),
  runOf('acks', {}, ['1500 isolate broker-1 brokers', '1900 restore broker-1']),
  runOf('slow-consumer', {}, ['4000 set max.poll.interval.ms 3000000']),
  runOf('polling', { eventWindow: SECOND / 10 }, ['200 disconnect B', '700 reconnect B']),
  runOf('scale-sockets', { backplane: 'pubsub', deploy: 'rolling' }, [
    '1000 cut server-4-backplane',
  ]),
  runOf('scale-sockets', { backplane: 'kafka' }),
  runOf('backpressure', { sendPolicy: 'drop' }),
  runOf('backpressure', {}, ['1500 disconnect B', '1600 crash relay']),
  runOf('handshake', { version: '8' }),
  runOf('better-together', { gatewayGroups: 'one' }),
  runOf('bare-channel', {}, ['0 drop A-B', '30 cut A-B', '100 restore A-B', '260 disconnect B']),
];

function wordsOf(read: (run: Run) => readonly (string | undefined)[]): Set<string | undefined> {
  return new Set(runs.flatMap(read));
}

test('every kind of entry occurs', () => {
  const kinds = wordsOf(({ index }) => rowsOf(index.trace).map(({ kind }) => nameOf(kind)));
  expect([...kinds].sort()).toEqual(ENTRY_KINDS.map(({ name }) => name).sort());
});

test('what a kind is called is what its code is called', () => {
  const called = ENTRY_KINDS.map(({ name }) => name.charAt(0).toUpperCase() + name.slice(1));
  expect(called).toEqual(Object.keys(EntryKind));
  expect(Object.values(EntryKind)).toEqual(ENTRY_KINDS.map((_, place) => place));
});

const nameOf = (kind: number): string | undefined => ENTRY_KINDS[kind]?.name;

test('every type of transfer occurs', () => {
  const types = wordsOf(({ index }) =>
    [...index.trace.transfers.type].map((type) => TRANSFER_TYPES[type]),
  );
  expect([...types].sort()).toEqual([...TRANSFER_TYPES].sort());
});

test('every cause of a loss but two stands in an entry, and all but one in a missed copy', () => {
  const written = wordsOf(({ index }) =>
    rowsOf(index.trace).map(({ kind, value, detail }) => {
      if (kind === EntryKind.Lost || kind === EntryKind.LetGo) return LOSS_CAUSES[value];
      const isDetail =
        kind === EntryKind.LogStartMoved ||
        kind === EntryKind.PositionReset ||
        kind === EntryKind.RecordRemoved ||
        kind === EntryKind.Truncated;
      return isDetail ? LOSS_CAUSES[detail] : undefined;
    }),
  );
  const missed = wordsOf(({ index, scenario }) =>
    scenario.stages.flatMap((stage) =>
      missesAt(index, stage, Number.MAX_SAFE_INTEGER, 1_000).map(({ cause }) => cause),
    ),
  );
  // That a broker refused a record without acks shows in its closing of the connection alone, and
  // that a transaction was aborted in its end.
  const silent = LOSS_CAUSES.filter((cause) => !written.has(cause));
  expect(silent).toEqual(['refused by the broker', 'its transaction was aborted']);
  // Without acks a producer lets go of what is on the line: it is missed only if the line cuts it.
  expect(LOSS_CAUSES.filter((cause) => !missed.has(cause))).toEqual(['never acknowledged']);
});

/** A refusal leaves no transfer behind; `channel.test.ts` in the engine shows its reason. */
const REFUSALS = ['wrong way on a simplex medium'];
const DROPS = [
  'connection closed',
  'link is cut',
  'lost on the line',
  'node is down',
  'sent into the cut',
];

test('every reason for a drop occurs, but those that let nothing leave', () => {
  const reasons = wordsOf(({ index: { trace } }) =>
    rowsOf(trace)
      .filter(({ kind }) => kind === EntryKind.TransferDropped)
      .map(({ seq }) => formatEntry(trace, seq).split('  ')[6]),
  );
  expect([...reasons].sort()).toEqual(DROPS);
  for (const refusal of REFUSALS) expect(reasons).not.toContain(refusal);
});

test('every line of every run can be read: no name is missing', () => {
  for (const { index } of runs) {
    const { trace } = index;
    for (const { seq } of rowsOf(trace)) {
      const line = formatEntry(trace, seq);
      expect(line).not.toMatch(/undefined|NaN/);
      expect(line.split('  ')).toHaveLength(9);
    }
  }
});
