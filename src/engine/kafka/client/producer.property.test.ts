// What an idempotent producer promises whatever fails, and what happens without.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { milliseconds, seconds } from '../../kernel/simTime';
import type { KafkaSettings } from '../configuration';
import { type ClientWorld, clientWorld } from './clientWorld';
import { Producer } from './producer';

interface Fault {
  readonly ms: number;
  readonly what: 'lose an ack' | 'crash' | 'isolate' | 'cut' | 'away';
  readonly broker: number;
  readonly lasts: number;
}

interface Plan {
  readonly faults: readonly Fault[];
  readonly gaps: readonly number[];
  readonly partitions: number;
}

const PLAN = fc.record<Plan>({
  faults: fc.array(
    fc.record({
      ms: fc.integer({ min: 0, max: 3_000 }),
      what: fc.constantFrom<Fault['what']>('lose an ack', 'crash', 'isolate', 'cut', 'away'),
      broker: fc.integer({ min: 0, max: 2 }),
      lasts: fc.integer({ min: 1, max: 2_000 }),
    }),
    { maxLength: 5 },
  ),
  gaps: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 80 }),
  partitions: fc.integer({ min: 1, max: 4 }),
});

const QUICK: Partial<KafkaSettings> = {
  brokerHeartbeatInterval: milliseconds(100),
  brokerSessionTimeout: milliseconds(400),
  replicaLagTimeMax: milliseconds(500),
  requestTimeout: seconds(1),
  deliveryTimeout: seconds(60),
};

/** Runs a plan to a calm end. @returns what each partition's leader holds then, and what was sent. */
function outcome({ faults, gaps, partitions }: Plan, settings: Partial<KafkaSettings>) {
  const world = clientWorld({ partitions, settings: { ...QUICK, ...settings } });
  const { environment, cluster, topic, at } = world;
  const client = world.client('A');
  let acknowledged = 0;
  const parts = { process: client.process, cluster, routes: client.routes(), topics: [topic] };
  const producer = new Producer(
    environment,
    world.settings,
    { ...parts, name: 'A' },
    {
      settled: ({ records }, how) => {
        if (how === 'acknowledged') acknowledged += records.length;
      },
    },
  );
  at(-50, () => producer.dial());
  let ms = 0;
  gaps.forEach((gap, number) => {
    ms += gap;
    at(ms, () => producer.sendTo(number % partitions, world.record()));
  });
  for (const fault of faults) happen(world, producer, client, fault);
  world.trace(30_000);
  const logs = topic.partitions.map((partition) => contentsOf(world, partition));
  return { logs, acknowledged, sent: gaps.length };
}

type Client = ReturnType<ClientWorld['client']>;

function happen({ at, machines }: ClientWorld, producer: Producer, client: Client, fault: Fault) {
  const { ms, what, broker, lasts } = fault;
  const machine = machines[broker];
  const link = client.links[broker];
  const end = ms + lasts;
  if (what === 'lose an ack') at(ms, () => producer.loseNextAck());
  else if (what === 'crash') {
    at(ms, () => machine?.crash());
    at(end, () => machine?.restart());
  } else if (what === 'isolate') {
    at(ms, () => machine?.isolate('brokers'));
    at(end, () => machine?.rejoin());
  } else if (what === 'cut') {
    at(ms, () => link?.cutOff());
    at(end, () => link?.restore());
  } else {
    at(ms, () => client.node.goAway());
    at(end, () => client.node.comeBack());
  }
}

function contentsOf({ cluster }: ClientWorld, partition: number): number[] {
  const log = cluster.brokers[cluster.leaderOf(partition)]?.replicas[partition]?.log;
  const contents: number[] = [];
  for (let offset = 0; offset < (log?.logEnd ?? 0); offset += 1) {
    contents.push(log?.records.messageAt(offset) ?? -1);
  }
  return contents;
}

const isRising = (log: readonly number[]) =>
  log.every((message, place) => place === 0 || message > (log[place - 1] as number));

test('idempotence writes every record once and in order, whatever fails', () => {
  fc.assert(
    fc.property(PLAN, (plan) => {
      const { logs, acknowledged, sent } = outcome(plan, {});
      expect(logs.every(isRising)).toBe(true);
      expect(acknowledged).toBe(sent);
      expect(logs.flat()).toHaveLength(sent);
    }),
    { seed: 20_261_121, numRuns: 150 },
  );
});

test('without idempotence some schedule writes a record twice, or out of order', () => {
  const found = fc.check(
    fc.property(PLAN, (plan) => {
      const { logs } = outcome(plan, { enableIdempotence: 'off', linger: milliseconds(0) });
      return logs.every(isRising);
    }),
    { seed: 20_261_121, numRuns: 150 },
  );
  expect(found.failed).toBe(true);
});
