// A bare channel: whoever cannot be heard is lost, and the channel says why.

import { expect, test } from 'vitest';
import { instant, milliseconds } from '../kernel/simTime';
import { DROP_REASONS, EntryKind } from '../trace/entryKinds';
import { Channel } from './channel';
import type { DuplexMode } from './duplex';
import { Link } from './link';
import { twoNodes } from './twoNodes';

/** A channel on which a message takes 40 ms to say and 20 ms to travel. */
function channel(duplex: DuplexMode) {
  const world = twoNodes();
  const { environment, ends, simulation } = world;
  const link = new Link(environment, {
    ...{ index: 0, id: 'a-b', ends, loss: 0, duplex },
    latency: milliseconds(20),
    rateBytesPerSecond: 1_000,
    turnaround: milliseconds(5),
  });
  const heard: string[] = [];
  const line = new Channel(environment, 0, link, {
    arrived: ({ route }) => heard.push(`${simulation.now / 1_000} from ${route.from.id}`),
    lost: (_, from, reason) => heard.push(`${simulation.now / 1_000} ${from.id}: ${reason}`),
  });
  const at = (ms: number, act: () => void) =>
    simulation.schedule(instant(ms * 1_000), act, undefined);
  const say = (from: 0 | 1) => {
    const parcel = { type: 'message', bytes: 40, payloadBytes: 40, messages: [] } as const;
    line.send(ends[from], { ...parcel, body: null });
  };
  return { ...world, link, heard, at, say };
}

test('on half-duplex the second speaker waits for the first word to arrive and for the turn', () => {
  const { at, say, heard, trace } = channel('half-duplex');
  at(0, () => say(0));
  at(10, () => say(1));
  trace();
  expect(heard).toEqual(['60 from a', '125 from b']);
});

test('on full-duplex both are heard', () => {
  const { at, say, heard, trace } = channel('full-duplex');
  at(0, () => say(0));
  at(10, () => say(1));
  trace();
  expect(heard).toEqual(['60 from a', '70 from b']);
});

test('on simplex the way back is refused, and nothing leaves', () => {
  const { at, say, heard, trace } = channel('simplex');
  at(0, () => say(0));
  at(10, () => say(1));
  const { transfers } = trace();
  expect(heard).toEqual(['10 b: wrong way on a simplex medium', '60 from a']);
  expect(transfers.count).toBe(1);
});

test('a cut loses who is talking, who waits for a turn, and who starts', () => {
  const { at, say, link, heard, trace } = channel('half-duplex');
  at(0, () => say(0));
  at(10, () => say(1));
  at(30, () => link.cutOff());
  at(40, () => say(0));
  const { entries, transfers } = trace();
  const cut = 'link is cut';
  expect(heard).toEqual([`30 a: ${cut}`, `30 b: ${cut}`, `40 a: ${cut}`]);
  const dropped = [...entries.kind].indexOf(EntryKind.TransferDropped);
  expect(DROP_REASONS[entries.value[dropped] as number]).toBe(cut);
  expect(transfers.count).toBe(1);
});

test('after a cut nobody waits for a turn that was lost with it', () => {
  const { at, say, link, heard, trace } = channel('half-duplex');
  at(0, () => say(0));
  at(10, () => say(1));
  at(30, () => link.cutOff());
  at(31, () => link.restore());
  at(32, () => say(0));
  trace();
  expect(heard.at(-1)).toBe('92 from a');
});

test('one who is away neither hears nor is heard', () => {
  const { at, say, ends, heard, trace } = channel('full-duplex');
  at(0, () => say(0));
  at(30, () => ends[1].goAway());
  at(40, () => say(1));
  at(50, () => ends[1].comeBack());
  at(60, () => say(1));
  trace();
  expect(heard).toEqual(['30 a: node is down', '40 b: node is down', '120 from b']);
});

test('a transfer that is to be dropped is lost on the line, and only that one', () => {
  const { at, say, link, heard, trace } = channel('full-duplex');
  at(0, () => link.dropNext());
  at(10, () => say(0));
  at(60, () => say(0));
  trace();
  expect(heard).toEqual(['10 a: lost on the line', '120 from a']);
});
