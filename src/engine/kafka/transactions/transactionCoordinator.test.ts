// Transactions from begin to end: one outcome for all partitions and offsets, and no way back for a
// producer that was replaced or was too slow.

import { describe, expect, test } from 'vitest';
import { instant, milliseconds, seconds } from '../../kernel/simTime';
import { Simulation } from '../../kernel/simulation';
import { type Environment, NetworkNode } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import { TraceRecorder } from '../../trace/recordTrace';
import type { PartitionIndex } from '../../trace/trace';
import { ClientProcess } from '../client/clientProcess';
import { TransactionClient } from '../client/transactionClient';
import { DEFAULT_KAFKA_SETTINGS, type KafkaSettings } from '../configuration';
import { GroupCoordinator } from '../group/groupCoordinator';
import { GROUP_PROTOCOLS } from '../group/groupProtocols';
import type { TransactionAnswer, TransactionRequest } from '../wire/requests';
import { TransactionCoordinator, type TransactionMarker } from './transactionCoordinator';

const ONE_WAY = milliseconds(1);
const HAND_MADE = { group: 'group', member: '', generation: -1 };

interface Written extends TransactionMarker {
  readonly ms: number;
  readonly partition: PartitionIndex;
}

/** A coordinator, a group and producers of one transactional id; a marker takes 5 ms a partition. */
function world(given: Partial<KafkaSettings> = {}) {
  const end = instant(200e6);
  const simulation = new Simulation({
    ...{ seed: 1, start: instant(0), horizon: end, eventLimit: 100_000 },
  });
  const recorder = new TraceRecorder(simulation);
  const environment: Environment = { context: simulation, recorder };
  const settings = { ...DEFAULT_KAFKA_SETTINGS, ...given };
  const plan = { node: 9, partitionsOfTopics: new Map([['in', [0, 1]]]) };
  const group = new GroupCoordinator(environment, (offsets) =>
    GROUP_PROTOCOLS.createMembership({ environment, settings, plan, offsets }),
  );
  const markers: Written[] = [];
  let ids = 0;
  const coordinator = new TransactionCoordinator(environment, settings, {
    writeMarker: (partition, marker, done) => {
      simulation.after(
        milliseconds(5 * (partition + 1)),
        () => {
          markers.push({ ms: simulation.now / 1_000, partition, ...marker });
          done();
        },
        null,
      );
    },
    group: () => group,
    nextProducerId: () => {
      ids += 1;
      return ids - 1;
    },
  });
  const producer = (index: number) => {
    const node = new NetworkNode(environment, index, `producer ${index}`);
    const heard: string[] = [];
    let connection = 0;
    const client = new TransactionClient(settings, {
      process: new ClientProcess(environment, node),
      transactionalId: 'transfer',
      ask: (request: TransactionRequest, onAnswer: (response: TransactionAnswer) => void) => {
        const current = connection;
        const answer = (response: TransactionAnswer) => {
          if (current === connection) onAnswer(response);
        };
        const arrive = () =>
          coordinator.handle(index, request, (response) => {
            simulation.after(ONE_WAY, answer, response);
          });
        simulation.after(ONE_WAY, arrive, null);
      },
      listener: {
        partitionsAdded: () => heard.push('added'),
        fenced: () => heard.push('fenced'),
      },
    });
    const loseConnection = () => {
      connection += 1;
      client.coordinatorLost();
    };
    return { client, heard, node, loseConnection };
  };
  const at = (ms: number, act: () => void) => simulation.schedule(instant(ms * 1e3), act, null);
  const offset = () => {
    const found: (number | undefined | string)[] = [];
    group.handle(8, { api: 'offsets', group: 'group', partitions: [0] }, (answer) => {
      if (answer.api === 'offsetsAnswer') {
        found.push(answer.error === 'NONE' ? answer.offsets.get(0) : answer.error);
      }
    });
    return found[0];
  };
  const finish = () => {
    simulation.runUntil(end);
    const legend = { stages: [], nodes: [], links: [], connections: [], partitions: [] };
    const { entries } = recorder.finish({ ...legend, parameters: [], keys: [] }, instant(0), end);
    return [...entries.kind].map((kind, seq) => ({
      kind,
      ms: (entries.time[seq] as number) / 1_000,
      node: entries.node[seq],
      value: entries.value[seq],
      detail: entries.detail[seq],
    }));
  };
  return { simulation, coordinator, markers, producer, at, offset, finish };
}

/** Initialised by 2 ms; begins at 10 ms with partitions 0 and 1, added by 12 ms. */
function begun(given: Partial<KafkaSettings> = {}) {
  const made = world(given);
  const first = made.producer(0);
  made.at(0, () => first.client.init(() => first.heard.push('ready')));
  made.at(10, () => {
    first.client.begin();
    expect([first.client.maySend(0), first.client.maySend(1)]).toEqual([false, false]);
  });
  return { ...made, first };
}

describe('a transaction', () => {
  test('has the partitions that were asked for, all of one instant in one request', () => {
    const { first, at, finish } = begun();
    at(11, () => expect(first.client.maySend(0)).toBe(false));
    at(13, () => {
      expect([first.client.maySend(0), first.client.maySend(1)]).toEqual([true, true]);
      expect(first.heard).toEqual(['ready', 'added']);
    });
    const began = finish().filter(({ kind }) => kind === EntryKind.TransactionBegan);
    expect(began).toMatchObject([{ ms: 11, node: 0, value: 0 }]);
  });

  test.each(['commit', 'abort'] as const)(
    '%s: a marker in every partition, then its offsets, and only then it has ended',
    (outcome) => {
      const { first, at, markers, offset, finish } = begun();
      const answers: string[] = [];
      const done = (error: string) => answers.push(error);
      at(20, () => first.client.sendOffsets(HAND_MADE, new Map([[0, 42]]), done));
      at(25, () => expect(offset()).toBe('UNSTABLE_OFFSET_COMMIT'));
      at(30, () => first.client.end(outcome, done));
      at(40, () => expect(offset()).toBe('UNSTABLE_OFFSET_COMMIT'));
      at(42, () => expect(offset()).toBe(outcome === 'commit' ? 42 : undefined));
      const happenings = finish();
      expect(answers).toEqual(['NONE', 'NONE']);
      expect(markers).toEqual([
        { ms: 36, partition: 0, producerId: 0, producerEpoch: 0, outcome },
        { ms: 41, partition: 1, producerId: 0, producerEpoch: 0, outcome },
      ]);
      const ended = happenings.filter(({ kind }) => kind === EntryKind.TransactionEnded);
      const detail = outcome === 'commit' ? 1 : 0;
      expect(ended).toMatchObject([{ ms: 41, node: 0, value: 0, detail }]);
      const committed = happenings.filter(({ kind }) => kind === EntryKind.Committed);
      expect(committed).toHaveLength(detail);
    },
  );

  test('follows another when the markers of that one are written; meanwhile it asks again', () => {
    const { first, at, finish } = begun();
    at(30, () => first.client.end('commit', () => first.client.begin()));
    at(33, () => expect(first.client.maySend(0)).toBe(false));
    at(100, () => expect(first.client.maySend(0)).toBe(false));
    // The first try came before the last marker, the second `retry.backoff.ms` later.
    at(140, () => expect(first.client.maySend(0)).toBe(true));
    const began = finish().filter(({ kind }) => kind === EntryKind.TransactionBegan);
    expect(began.map(({ value }) => value)).toEqual([0, 1]);
  });

  test('without partitions and offsets ends without a word to the coordinator', () => {
    const { producer, at, finish } = world();
    const { client, heard } = producer(0);
    at(0, () => client.init(() => {}));
    at(10, () => {
      client.begin();
      client.end('commit', (error) => heard.push(error));
      client.end('commit', (error) => heard.push(error));
    });
    const happenings = finish();
    expect(heard).toEqual(['NONE', 'INVALID_TXN_STATE']);
    expect(happenings).toEqual([]);
  });

  test('survives a lost coordinator: what was asked is asked again, and ends once', () => {
    const { first, at, markers, finish } = begun();
    const answers: string[] = [];
    for (const ms of [1, 11, 31]) at(ms, () => first.loseConnection());
    at(20, () => expect(first.client.maySend(1)).toBe(true));
    at(30, () => first.client.end('commit', (error) => answers.push(error)));
    const ended = finish().filter(({ kind }) => kind === EntryKind.TransactionEnded);
    expect(answers).toEqual(['NONE']);
    expect(markers).toHaveLength(2);
    expect(ended).toHaveLength(1);
  });
});

describe('a producer that is fenced', () => {
  test('by a new instance: its transaction is aborted first, and its end is refused', () => {
    const { first, producer, at, markers, finish } = begun();
    const second = producer(1);
    const answers: string[] = [];
    at(20, () => second.client.init(() => second.heard.push('ready')));
    at(50, () => {
      expect(second.heard).toEqual([]);
      first.client.end('commit', (error) => answers.push(error));
    });
    const happenings = finish();
    expect(answers).toEqual(['PRODUCER_FENCED']);
    expect(first.heard).toEqual(['ready', 'added', 'fenced']);
    expect(first.client.maySend(0)).toBe(false);
    expect(markers.map(({ outcome, producerEpoch }) => [outcome, producerEpoch])).toEqual([
      ['abort', 1],
      ['abort', 1],
    ]);
    const ended = happenings.filter(({ kind }) => kind === EntryKind.TransactionEnded);
    expect(ended).toMatchObject([{ node: 0, detail: 0 }]);
    // The new one asks again until that is done.
    expect(second.heard).toEqual(['ready']);
    expect([second.client.producerId, second.client.producerEpoch]).toEqual([0, 2]);
  });

  test('by its timeout: the check comes every ten seconds, the abort raises the epoch', () => {
    const { first, at, markers, offset, finish } = begun({ transactionTimeout: seconds(15) });
    const answers: string[] = [];
    at(100, () => first.client.sendOffsets(HAND_MADE, new Map([[0, 42]]), () => {}));
    at(30_000, () => first.client.end('commit', (error) => answers.push(error)));
    const happenings = finish();
    expect(markers).toMatchObject([
      { ms: 20_005, outcome: 'abort', producerEpoch: 1 },
      { ms: 20_010, outcome: 'abort', producerEpoch: 1 },
    ]);
    expect(answers).toEqual(['PRODUCER_FENCED']);
    expect(offset()).toBeUndefined();
    const ended = happenings.filter(({ kind }) => kind === EntryKind.TransactionEnded);
    expect(ended).toMatchObject([{ ms: 20_010, detail: 0 }]);
  });

  test('begins anew after another init', () => {
    const { first, at, finish } = begun({ transactionTimeout: seconds(5) });
    at(20_000, () => first.client.end('commit', () => {}));
    at(21_000, () => first.client.init(() => first.heard.push('again')));
    at(22_000, () => {
      first.client.begin();
      first.client.maySend(0);
    });
    at(23_000, () => expect(first.client.maySend(0)).toBe(true));
    finish();
    expect(first.heard).toEqual(['ready', 'added', 'fenced', 'again', 'added']);
    expect(first.client.producerEpoch).toBe(2);
  });

  test('a crash aborts nothing by itself: the open transaction waits for its timeout', () => {
    const { first, at, markers, finish } = begun();
    at(20, () => {
      first.node.crash();
      first.client.crash();
    });
    finish();
    // 60 s after it began, at the next check.
    expect(markers.map(({ ms }) => ms)).toEqual([70_005, 70_010]);
  });
});

test('a member that was expelled cannot commit through its producer (KIP-447)', () => {
  const { first, at, offset, finish } = begun();
  const answers: string[] = [];
  const stranger = { group: 'group', member: 'expelled', generation: 3 };
  at(20, () => {
    first.client.sendOffsets(stranger, new Map([[0, 42]]), (error) => answers.push(error));
  });
  at(30, () => first.client.end('abort', (error) => answers.push(error)));
  finish();
  expect(answers).toEqual(['UNKNOWN_MEMBER_ID', 'NONE']);
  expect(offset()).toBeUndefined();
});
