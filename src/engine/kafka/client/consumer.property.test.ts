// What a reader is promised whatever fails on its way: everything, once, in the order of each log.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { milliseconds, seconds } from '../../kernel/simTime';
import { clientWorld } from './clientWorld';
import { Consumer } from './consumer';
import { Producer } from './producer';

const FAULT = fc.record({
  ms: fc.integer({ min: 0, max: 3_000 }),
  what: fc.constantFrom('crash', 'isolate', 'cut', 'away', 'stall'),
  broker: fc.integer({ min: 0, max: 2 }),
  lasts: fc.integer({ min: 1, max: 2_000 }),
});

const PLAN = fc.record({
  faults: fc.array(FAULT, { maxLength: 5 }),
  gaps: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 60 }),
  partitions: fc.integer({ min: 1, max: 4 }),
  standing: fc.integer({ min: 1, max: 5 }),
});

const SETTINGS = {
  brokerHeartbeatInterval: milliseconds(100),
  brokerSessionTimeout: milliseconds(400),
  replicaLagTimeMax: milliseconds(500),
  requestTimeout: seconds(1),
};

test('a reader by hand gets every record once and in order, whatever fails', () => {
  fc.assert(
    fc.property(PLAN, ({ faults, gaps, partitions, standing }) => {
      const world = clientWorld({ partitions, settings: SETTINGS });
      const { environment, settings, cluster, topic, at, machines } = world;
      const writer = world.client('A');
      const producer = new Producer(
        environment,
        settings,
        { process: writer.process, cluster, routes: writer.routes(), name: 'A', topics: [topic] },
        { settled: () => undefined },
      );
      const reader = world.client('B');
      const heard: number[][] = topic.partitions.map(() => []);
      const { process } = reader;
      const ask = () => consumer.standInLine(standing, settings.fetchMaxWait);
      const consumer: Consumer = new Consumer(
        environment,
        settings,
        {
          process,
          cluster,
          routes: reader.routes(),
          coordinatorRoutes: reader.routes(),
          group: 'B',
        },
        {
          ready: ask,
          answered: () => {
            consumer.poll();
            for (let message = consumer.take(); message >= 0; message = consumer.take()) {
              heard[message % partitions]?.push(message);
            }
            ask();
          },
        },
      );
      consumer.assignByHand(topic.partitions);
      at(-50, () => producer.dial());
      at(-50, () => consumer.dial());
      let ms = 0;
      gaps.forEach((gap, number) => {
        ms += gap;
        at(ms, () => producer.sendTo(number % partitions, world.record()));
      });
      for (const fault of faults) {
        const machine = machines[fault.broker];
        const link = reader.links[fault.broker];
        const { node } = reader;
        const acts = {
          crash: [() => machine?.crash(), () => machine?.restart()],
          isolate: [() => machine?.isolate('clients'), () => machine?.rejoin()],
          cut: [() => link?.cutOff(), () => link?.restore()],
          away: [() => node.goAway(), () => node.comeBack()],
          stall: [() => node.stall(), () => node.resume()],
        }[fault.what] as [() => void, () => void];
        at(fault.ms, acts[0]);
        at(fault.ms + fault.lasts, acts[1]);
      }
      world.trace(30_000);
      const sent = topic.partitions.map((partition) =>
        gaps.map((_, number) => number).filter((number) => number % partitions === partition),
      );
      expect(heard).toEqual(sent);
    }),
    { seed: 20_261_121, numRuns: 150 },
  );
});
