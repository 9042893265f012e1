// People on a cluster: what their programs make of it, with one reading thread or two.

import { describe, expect, test } from 'vitest';
import {
  type ClientWorldOptions,
  clientWorld,
  storyOf,
  transfersOf,
} from '../kafka/client/clientWorld';
import { onlyPartition } from '../kafka/client/producing/onlyPartition';
import { instant, microseconds, milliseconds } from '../kernel/simTime';
import { EntryKind, lossCauseCode } from '../trace/entryKinds';
import { PROGRAMS, type ProgramSettings } from './kafkaProgram';
import { KafkaStage } from './kafkaStage';
import type { Workload } from './talk';

const NOTHING_ELSE = { forwarders: [], processingOf: {} };

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

interface Scene extends ClientWorldOptions {
  readonly mode: 'loop' | 'threads';
  readonly program?: Partial<ProgramSettings>;
  readonly workload?: Pick<Workload, 'processing'>;
  /** When each says something, in milliseconds. */
  readonly wants: Readonly<Record<string, readonly number[]>>;
}

/** Ana and Ben, each with a topic of their own that the other reads. */
function talking({ mode, program, workload, wants, ...options }: Scene) {
  const topics = Object.keys(wants);
  const world = clientWorld({ ...options, topics });
  const { environment, cluster, at } = world;
  const settings = Object.assign(world.settings, {
    ...{ pollTimeout: 500_000, prefetch: 'off', standingFetches: 5, ...program },
  }) as ProgramSettings;
  const said = Object.entries(wants).flatMap(([from, times]) =>
    times.map((ms) => {
      return { from, at: instant(ms * 1_000), replyTo: -1, key: -1, isTombstone: false };
    }),
  );
  const plan = { wants: said, dialogue: null, payloadBytes: 64 };
  const processing = microseconds(workload?.processing ?? 0);
  const stage = new KafkaStage(
    environment,
    settings,
    { ...NOTHING_ELSE, ...plan, processing },
    cluster,
  );
  const nodes = topics.map((id, number) => {
    const client = world.client(id);
    const others = topics.filter((other) => other !== id);
    stage.add({
      node: client.node,
      writes: {
        routes: client.routes(),
        topics: [{ name: id, partitions: [number], createPartitioner: onlyPartition }],
      },
      reads: {
        routes: client.routes(),
        coordinatorRoutes: client.routes(),
        ...{ group: id, reader: client.node, topics: others, partition: null, protocols: null },
      },
      passesOn: null,
      program: PROGRAMS[mode],
    });
    return client.node;
  });
  at(-20, () => stage.dial());
  at(0, () => environment.context.after(microseconds(0), () => stage.start(), undefined));
  for (const person of stage.people) person.plan();
  return { ...world, stage, settings, nodes };
}

type Traced = ReturnType<ReturnType<typeof talking>['trace']>;

/** From the real send to the hand-over, of each delivery, in milliseconds. */
function transits(run: Traced): number[] {
  const sent = new Map(storyOf(run, EntryKind.Sent).map(({ ms, message }) => [message, ms]));
  return storyOf(run, EntryKind.Delivered).map(
    ({ ms, message }) => ms - (sent.get(message) as number),
  );
}

const heardBy = (run: Traced, node: number) =>
  storyOf(run, EntryKind.Delivered)
    .filter((entry) => entry.node === node)
    .map(({ message }) => message);

const SIX = range(0, 6).map((place) => place * 20);

describe('in loop mode', () => {
  test('a message takes 43 ms: the ack comes first, and only then is anything asked for', () => {
    const { trace } = talking({ mode: 'loop', wants: { A: SIX, B: SIX } });
    const run = trace(400);
    expect(storyOf(run, EntryKind.Delivered)).toHaveLength(12);
    expect(transits(run).slice(0, 2)).toEqual([43, 43]);
  });

  test('with prefetch the fetch is there already', () => {
    const { trace } = talking({
      mode: 'loop',
      program: { prefetch: 'on' },
      wants: { A: [0], B: [] },
    });
    expect(transits(trace(400))).toEqual([23]);
  });
});

describe('in threads mode', () => {
  test('a message takes 28 ms: linger, two ways and the copying', () => {
    const tens = range(0, 20).map((place) => place * 10);
    const { trace } = talking({ mode: 'threads', wants: { A: tens, B: tens } });
    const run = trace(1_000);
    expect(new Set(transits(run))).toEqual(new Set([28]));
    expect(storyOf(run, EntryKind.Delivered)).toHaveLength(40);
  });

  test('five fetches stand in line, so that one is always at the broker', () => {
    const { trace } = talking({ mode: 'threads', wants: { A: [0], B: [] } });
    const polls = transfersOf(trace(5), 'poll');
    expect(polls.filter(({ ms }) => ms === 0)).toHaveLength(10);
  });

  test('work that takes time is done one after the other, and the reader falls behind', () => {
    const { trace, nodes } = talking({
      mode: 'threads',
      workload: { processing: milliseconds(30) },
      wants: { A: range(0, 10).map((place) => place * 10), B: [] },
    });
    const run = trace(2_000);
    const worked = storyOf(run, EntryKind.Worked).map(({ ms }) => ms);
    expect(worked).toEqual(range(0, 10).map((place) => 58 + place * 30));
    expect(heardBy(run, nodes[1]?.index as number)).toEqual(range(0, 10));
  });
});

describe('a reader that crashes at its work', () => {
  const crashing = (commit: 'before' | 'after') => {
    const world = talking({
      mode: 'threads',
      program: { enableAutoCommit: 'off', commit, autoOffsetReset: 'earliest' },
      workload: { processing: milliseconds(20) },
      // Ten records in one batch, in one poll.
      wants: { A: range(0, 10).map(() => 0), B: [] },
    });
    const reader = world.nodes[1];
    world.at(150, () => reader?.crash());
    world.at(300, () => reader?.restart());
    const run = world.trace(3_000);
    const heard = heardBy(run, reader?.index as number);
    return { heard, worked: storyOf(run, EntryKind.Worked).map(({ message }) => message) };
  };

  test('does some of it again if it commits after: at least once', () => {
    const { heard, worked } = crashing('after');
    expect(new Set(worked)).toEqual(new Set(range(0, 10)));
    expect(heard.length).toBeGreaterThan(10);
  });

  test('never does the rest if it commits before: at most once', () => {
    const { worked } = crashing('before');
    expect(worked.length).toBeLessThan(10);
    expect(new Set(worked).size).toBe(worked.length);
  });
});

describe('a person who is away', () => {
  test('misses nothing: the client connects again by itself and goes on where it was', () => {
    const wants = range(0, 30).map((place) => 500 + place * 1_000);
    const { trace, at, nodes } = talking({ mode: 'loop', wants: { A: wants, B: [] } });
    const reader = nodes[1];
    at(10_000, () => reader?.goAway());
    at(20_000, () => reader?.comeBack());
    const run = trace(32_000);
    expect(heardBy(run, reader?.index as number)).toEqual(range(0, 30));
  });

  test('sends on when the path is back, once and in order', () => {
    const wants = range(0, 30).map((place) => place * 10);
    const { trace, at, nodes } = talking({ mode: 'threads', wants: { A: wants, B: [] } });
    at(100, () => nodes[0]?.goAway());
    at(200, () => nodes[0]?.comeBack());
    const run = trace(3_000);
    expect(heardBy(run, nodes[1]?.index as number)).toEqual(range(0, 30));
  });
});

test('a writer that crashes loses what it had not got acknowledged, and says nothing meanwhile', () => {
  const { trace, at, nodes } = talking({
    mode: 'threads',
    wants: { A: range(0, 10).map((place) => place * 10), B: [] },
  });
  at(31, () => nodes[0]?.crash());
  at(62, () => nodes[0]?.restart());
  const run = trace(1_000);
  const letGo = storyOf(run, EntryKind.LetGo);
  expect(new Set(letGo.map(({ value }) => value))).toEqual(
    new Set([lossCauseCode('lost in the crash')]),
  );
  // Wanted at 40, 50 and 60, and nobody there to want it.
  expect(storyOf(run, EntryKind.Sent)).toHaveLength(7);
});

test('a stalled person says and hears nothing, and everything afterwards', () => {
  const tens = range(0, 20).map((place) => place * 10);
  const { trace, at, nodes } = talking({ mode: 'threads', wants: { A: tens, B: tens } });
  at(55, () => nodes[0]?.stall());
  at(555, () => nodes[0]?.resume());
  const run = trace(2_000);
  const [ana, ben] = nodes.map((node) => node.index) as [number, number];
  const during = storyOf(run, EntryKind.Sent, EntryKind.Delivered).filter(
    ({ ms, node }) => node === ana && ms > 55 && ms < 555,
  );
  expect(during).toEqual([]);
  expect(heardBy(run, ben)).toHaveLength(20);
  expect(heardBy(run, ana)).toHaveLength(20);
});
