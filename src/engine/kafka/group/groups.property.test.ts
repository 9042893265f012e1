// Groups over random joins, leaves, crashes, stalls and long work, in every protocol.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { milliseconds, seconds } from '../../kernel/simTime';
import { EntryKind } from '../../trace/entryKinds';
import type { KafkaSettings } from '../configuration';
import { type Happening, type SmallConsumer, SmallGroup } from './smallGroup';

const settings = { seed: 20_261_201, numRuns: 150 } as const;

const PROTOCOLS = [
  ['classic eager', { groupProtocol: 'classic', assignor: 'range' }],
  ['classic sticky', { groupProtocol: 'classic', assignor: 'sticky' }],
  ['cooperative', { groupProtocol: 'classic', assignor: 'cooperative-sticky' }],
  ['KIP-848', { groupProtocol: 'consumer', assignor: 'uniform' }],
] as const;

/** Short times, so that everything happens often. */
const TIMES: Partial<KafkaSettings> = {
  sessionTimeout: seconds(6),
  heartbeatInterval: seconds(1),
  maxPollInterval: seconds(8),
  initialRebalanceDelay: milliseconds(500),
};
/** The last change comes before, and then all that can time out does. */
const TROUBLE_MS = 40_000;
const CALM_MS = 40_000;
const MEMBERS = 4;

const ACTS = ['start', 'stop', 'crash', 'stall', 'resume', 'work', 'commit'] as const;
type Act = (typeof ACTS)[number] | 'lose connection' | 'move coordinator';

const scheduleOf = (acts: readonly Act[]) =>
  fc.record({
    partitions: fc.integer({ min: 1, max: 6 }),
    /** So many start at 0. */
    first: fc.integer({ min: 1, max: MEMBERS }),
    steps: fc.array(
      fc.record({
        ms: fc.integer({ min: 0, max: TROUBLE_MS }),
        member: fc.nat(MEMBERS - 1),
        act: fc.constantFrom<Act>(...acts),
        workMs: fc.integer({ min: 1, max: 12_000 }),
      }),
      { minLength: 1, maxLength: 25, size: 'max' },
    ),
  });
type Schedule = ReturnType<typeof scheduleOf> extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function run(protocol: Partial<KafkaSettings>, { partitions, first, steps }: Schedule) {
  const world = new SmallGroup({
    ...{ members: MEMBERS, partitions, seconds: (TROUBLE_MS + CALM_MS) / 1_000 },
    settings: { ...TIMES, ...protocol },
  });
  const running = new Set<SmallConsumer>();
  const started = Array.from({ length: first }, (_, member) => {
    return { ms: 0, member, act: 'start' as Act, workMs: 0 };
  });
  for (const { ms, member, act, workMs } of [...started, ...steps]) {
    const consumer = world.consumers[member] as SmallConsumer;
    world.at(ms, () => {
      if (act === 'move coordinator') {
        world.coordinator.moved();
        for (const each of world.consumers) each.loseConnection();
      } else perform(running, consumer, act, workMs);
    });
  }
  const happenings = world.finish();
  const live = [...running].filter(({ node }) => node.up && !node.stalled);
  return { world, happenings, live };
}

function perform(running: Set<SmallConsumer>, consumer: SmallConsumer, act: Act, workMs: number) {
  if (act === 'start') {
    if (running.has(consumer) || consumer.node.stalled) return;
    running.add(consumer);
    consumer.start();
  } else if (running.has(consumer)) {
    if (act === 'resume' && consumer.node.stalled) {
      consumer.node.resume();
      // What a zombie does first: it knows of nothing yet.
      consumer.member.commit(new Map(consumer.positions), () => {});
    }
    if (act === 'stall') consumer.node.stall();
    if (act === 'lose connection') consumer.loseConnection();
    if (act === 'crash') {
      consumer.node.resume();
      running.delete(consumer);
      consumer.crash();
    }
    if (consumer.node.stalled) return;
    if (act === 'stop') {
      running.delete(consumer);
      consumer.stop();
    }
    if (act === 'work') consumer.work(workMs);
    if (act === 'commit') consumer.member.commit(new Map(consumer.positions), () => {});
  }
}

/** What the coordinator and the members hold for true, entry after entry. */
class Watch {
  readonly owners = new Map<number, number>();
  readonly believers = new Map<number, Set<number>>();
  readonly committed = new Map<number, number>();
  /** Members of the group by node. */
  readonly members = new Map<number, number>();
  /** Partitions that two believed to own at the same time. */
  zombies = 0;
  #generation = 0;

  /** @param isGapless no question and no answer is lost on the way. */
  see({ kind, node, place, value }: Happening, isGapless: boolean): void {
    if (kind === EntryKind.MemberJoined) this.#count(node, 1);
    if (kind === EntryKind.MemberLeft) this.#count(node, -1);
    if (kind === EntryKind.RebalanceEnded) {
      expect(value).toBeGreaterThan(this.#generation);
      this.#generation = value;
    }
    if (kind === EntryKind.OwnerSet) this.#ownerSet(place, value, isGapless);
    if (kind === EntryKind.Revoked) this.believers.get(place)?.delete(node);
    if (kind === EntryKind.Assigned) {
      const believers = this.believers.get(place) ?? new Set();
      if (believers.size > 0) this.zombies += 1;
      this.believers.set(place, believers.add(node));
      if (isGapless) expect(value).toBe(this.committed.get(place) ?? 0);
    }
    if (kind === EntryKind.Committed) {
      if (isGapless) expect(this.owners.get(place)).toBe(node);
      this.committed.set(place, value);
    }
  }

  /** From hand to hand only by way of nobody, and never from a member that still believes. */
  #ownerSet(partition: number, owner: number, isGapless: boolean): void {
    const before = this.owners.get(partition) ?? -1;
    expect(Math.min(before, owner)).toBe(-1);
    this.owners.set(partition, owner);
    if (owner < 0 || !isGapless) return;
    for (const believer of this.believers.get(partition) ?? []) {
      const isMember = (this.members.get(believer) ?? 0) > 0;
      expect(believer !== owner && isMember).toBe(false);
    }
  }

  #count(node: number, change: number): void {
    this.members.set(node, (this.members.get(node) ?? 0) + change);
  }
}

function settled(world: SmallGroup, watch: Watch, live: readonly SmallConsumer[]): void {
  const partitions = [...(world.partitionsOfTopics.get('topic') ?? [])];
  const believed = new Map<number, number>();
  for (const { node, positions } of live) {
    for (const partition of positions.keys()) {
      expect(believed.has(partition)).toBe(false);
      believed.set(partition, node.index);
    }
  }
  for (const partition of partitions) {
    const owner = watch.owners.get(partition) ?? -1;
    expect(owner).toBe(believed.get(partition) ?? -1);
    if (live.length > 0) expect(live.map(({ node }) => node.index)).toContain(owner);
  }
}

describe.each(PROTOCOLS)('%s', (_, protocol) => {
  test('one owner at a time, no member robbed of what it reads, and in the end all is owned', () => {
    let zombies = 0;
    fc.assert(
      fc.property(scheduleOf(ACTS), (schedule) => {
        const { world, happenings, live } = run(protocol, schedule);
        const watch = new Watch();
        for (const happening of happenings) watch.see(happening, true);
        settled(world, watch, live);
        zombies += watch.zombies;
      }),
      settings,
    );
    // Members that stall do believe what is no longer true.
    expect(zombies).toBeGreaterThan(0);
  });

  test('the same in the end when answers are lost and the coordinator moves', () => {
    const acts = [...ACTS, 'lose connection', 'move coordinator'] as const;
    fc.assert(
      fc.property(scheduleOf(acts), (schedule) => {
        const { world, happenings, live } = run(protocol, schedule);
        const watch = new Watch();
        for (const happening of happenings) watch.see(happening, false);
        settled(world, watch, live);
      }),
      settings,
    );
  });
});
