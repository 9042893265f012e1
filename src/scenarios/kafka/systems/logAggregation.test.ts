// Log aggregation: every line of every host is there, each host's in its order; without the key the
// order is lost, and between hosts there never was one.

import { describe, expect, test } from 'vitest';
import { ledgerAt } from '../../../engine/index';
import type { Run } from '../../runScenario';
import { heardBy, runOf, storyOf } from '../../testing/runOf';

const HOSTS = ['A', 'B', 'C', 'D', 'E', 'F'];
const LINES = 20;
const usual = runOf('log-aggregation');
const unkeyed = runOf('log-aggregation', { key: 'none', 'batch.size': 100 });

const linesOf = (run: Run, host: string): string[] =>
  heardBy(run, 'kafka', 'G').filter((line) => line.startsWith(`${host}#`));
const inOrder = (host: string): string[] =>
  Array.from({ length: LINES }, (_, number) => `${host}#${number}`);

describe('an archive of six hosts', () => {
  test.each(HOSTS)('has every line of host %s, in order, though it was away', (host) => {
    expect(linesOf(usual, host)).toEqual(inOrder(host));
  });

  test('reads two hosts from each partition', () => {
    const partitions = HOSTS.map((host) =>
      storyOf(usual, 'kafka')
        .filter(({ what, said }) => what === 'appended' && said.startsWith(`${host}#`))
        .map(({ place }) => place),
    );
    expect(partitions.map((places) => new Set(places).size)).toEqual([1, 1, 1, 1, 1, 1]);
    const chosen = partitions.map(([place]) => place);
    expect([...chosen].sort()).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test('hears different hosts in another order than they wrote: order holds for each key only', () => {
    const written = storyOf(usual, 'kafka').filter(({ what }) => what === 'sent');
    expect(heardBy(usual, 'kafka', 'G')).not.toEqual(written.map(({ said }) => said));
    const one = runOf('log-aggregation', { 'num.partitions': 1 });
    expect(heardBy(one, 'kafka', 'G')).toEqual(written.map(({ said }) => said));
  });

  test('has what came while it was away from the logs; over WebSocket it has missed that', () => {
    const { delivered, missed, recovered } = ledgerAt(usual.index, 'kafka', usual.horizon);
    expect({ delivered, missed }).toEqual({ delivered: 120, missed: 0 });
    expect(recovered).toBeGreaterThan(40);
    const { missed: lost } = ledgerAt(usual.index, 'websocket', usual.horizon);
    expect(lost).toBeGreaterThan(40);
  });
});

describe('without a key', () => {
  test('a host’s lines go to several partitions, and come back out of order', () => {
    const sorted = HOSTS.map((host) => [...linesOf(unkeyed, host)].sort());
    expect(sorted).toEqual(HOSTS.map((host) => inOrder(host).sort()));
    const disordered = HOSTS.filter(
      (host) => linesOf(unkeyed, host).join() !== inOrder(host).join(),
    );
    expect(disordered.length).toBeGreaterThan(3);
  });

  test('order holds as long as a producer stays with one partition: for one batch.size', () => {
    const sticky = runOf('log-aggregation', { key: 'none' });
    for (const host of HOSTS) expect(linesOf(sticky, host)).toEqual(inOrder(host));
  });

  test('one partition keeps the order of all', () => {
    const one = runOf('log-aggregation', { key: 'none', 'batch.size': 100, 'num.partitions': 1 });
    for (const host of HOSTS) expect(linesOf(one, host)).toEqual(inOrder(host));
  });
});
