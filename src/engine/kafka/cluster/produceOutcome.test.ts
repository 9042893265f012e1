// The produce vectors, each run on a leader, its followers, the controller and the producer.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { idempotenceOf } from '../client/idempotenceSetting';
import { reactionTo } from '../client/produceReaction';
import { LeaderEpochs } from '../log/leaderEpochs';
import { changePartition } from './election';
import { KAFKA_ERRORS, type KafkaError } from './errors';
import { truncationOffset } from './followerReplica';
import { LeaderReplica } from './leaderReplica';
import {
  EXPIRED_PRODUCE,
  MAX_MESSAGE_BYTES,
  metadataError,
  namesLeader,
  outcomeAfterAppend,
  produceAnswer,
  refusalBeforeAppend,
} from './produceOutcome';

interface State {
  readonly isLeader?: boolean;
  readonly leader?: number;
  readonly replicas?: readonly number[];
  readonly isr?: readonly number[];
  readonly minIsr?: number;
  readonly followersLeo?: string;
  readonly batchBytes?: number;
  readonly maxMessageBytes?: number;
  readonly 'enable.idempotence'?: boolean;
}

interface Vector {
  readonly id: string;
  readonly state: State;
  readonly acks: number;
  readonly expected: Readonly<Record<string, unknown>>;
}

const path = new URL('../../vectors/produce-acks.json', import.meta.url);
const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly Vector[] };

const VECTOR_FIELDS = ['id', 'state', 'acks', 'expected', 'note', 'source'];
const STATE_FIELDS = [
  ...['isLeader', 'leader', 'replicas', 'isr', 'minIsr', 'followersLeo', 'batchBytes'],
  ...['maxMessageBytes', 'enable.idempotence'],
];

/** The log at the leader before the record of a vector: so many records, all committed. */
const LOG_END = 10;
const END_OFFSET = LOG_END + 1;

/** A leader of the vector's partition, and the record that it was asked to append. */
class Run {
  readonly acks: string;
  readonly leader: LeaderReplica | null;
  readonly refusal: KafkaError;
  error: KafkaError | null;

  constructor({ state, acks }: Vector) {
    this.acks = acks === -1 ? 'all' : String(acks);
    this.leader = state.isLeader ? leaderIn(state) : null;
    this.refusal = refusalBeforeAppend(this.acks, this.leader, state.batchBytes ?? 64);
    this.error = this.refusal;
    if (this.refusal !== 'NONE') return;
    this.leader?.appended(END_OFFSET);
    this.leader?.advanceHighWatermark(0);
    this.error = this.outcome();
  }

  outcome(): KafkaError | null {
    return outcomeAfterAppend(this.acks, this.leader, END_OFFSET);
  }

  /** The record reaches the ISR, one follower after the other; @returns the outcomes in between. */
  replicate(): (KafkaError | null)[] {
    const { leader } = this;
    if (leader === null) return [];
    const followers = leader.isr.filter((replica) => replica !== leader.broker);
    return followers.map((replica) => {
      leader.followerFetched({ replica, offset: END_OFFSET, now: 1 });
      leader.advanceHighWatermark(1);
      return this.outcome();
    });
  }

  /** What the producer is told in the end. */
  end(): KafkaError | null {
    if (this.error === null) this.error = this.replicate().at(-1) ?? null;
    return this.error;
  }
}

function leaderIn({ replicas = [], isr = [], minIsr = 1 }: State): LeaderReplica {
  return new LeaderReplica({
    ...{ broker: 1, replicas, isr, leaderEpoch: 0, logEnd: LOG_END, highWatermark: LOG_END },
    settings: { minInsyncReplicas: minIsr, replicaLagTimeMax: 30_000_000 },
    isEligible: () => true,
    now: 0,
  });
}

/** Every field of `expected`, as this model has it. */
const observations: Readonly<Record<string, (run: Run, vector: Vector) => unknown>> = {
  appended: ({ refusal }) => refusal === 'NONE',
  response: ({ acks, refusal }) => {
    const answer = produceAnswer(acks, refusal);
    return answer === 'response' ? answer : null;
  },
  connectionClosed: ({ acks, refusal }) => produceAnswer(acks, refusal) === 'close',
  hwAdvances: (run) => {
    run.replicate();
    return (run.leader?.highWatermark ?? 0) > LOG_END;
  },
  error: (run) => run.end(),
  code: (run) => KAFKA_ERRORS[run.end() ?? 'NONE'].code,
  retriable: (run) => KAFKA_ERRORS[run.end() ?? 'NONE'].isRetriable,
  responseCarriesNewLeader: (run) => namesLeader(run.end() ?? 'NONE'),
  clientSaw: (run) => (run.error === 'NONE' ? 'success' : run.error),
  recordLost: (_, { state }) => survivesCrash(state) === false,
};

/** The sentences among the expected values, each as a check. */
const sentences: Readonly<Record<string, (run: Run, vector: Vector) => void>> = {
  'leader local append (page cache, no fsync)': (run) => {
    expect([run.error, run.leader?.highWatermark]).toEqual(['NONE', LOG_END]);
  },
  'HW > last offset of batch (all ISR fetched past it)': (run) => {
    const last = END_OFFSET - 1;
    expect([run.error, run.leader?.highWatermark]).toEqual([null, last]);
    expect(run.replicate()).toEqual([null, 'NONE']);
    expect(run.leader?.highWatermark).toBeGreaterThan(last);
  },
  'leader append': (run) => {
    expect([run.error, run.leader?.highWatermark]).toEqual(['NONE', END_OFFSET]);
  },
  'leader crash before replication': (run, { state }) => {
    expect([run.leader?.logEnd, state.followersLeo]).toEqual([END_OFFSET, '< record']);
  },
  'ISR shrinks to [1] after append, HW later reaches offset': (run, vector) => {
    const strict = new Run(vector);
    strict.leader?.isrCommitted([1]);
    strict.leader?.advanceHighWatermark(40_000_000);
    // Strict min ISR: the watermark stands still, and the request waits until its time is over.
    expect([strict.outcome(), EXPIRED_PRODUCE]).toEqual([null, 'REQUEST_TIMED_OUT']);
    run.replicate();
    run.leader?.isrCommitted([1]);
    run.error = run.outcome();
  },
  'metadata shows LEADER_NOT_AVAILABLE(5); batch waits and expires after delivery.timeout.ms=120000':
    (_, { state }) => {
      const error = metadataError(state.leader ?? 0);
      expect([error, KAFKA_ERRORS[error].code]).toEqual(['LEADER_NOT_AVAILABLE', 5]);
      expect(KAFKA_ERRORS[error].isStaleMetadata).toBe(true);
      const waiting = { error, records: 1, attempts: 9 };
      const limits = { retries: 2_147_483_647, deliveryTimeout: 120_000_000 };
      expect(reactionTo({ ...waiting, age: 119_999_999 }, limits)).toBe('retry');
      expect(reactionTo({ ...waiting, age: 120_000_000 }, limits)).toBe('fail');
    },
  'splits a multi-record batch and retries without counting an attempt': (run, { state }) => {
    expect(state.maxMessageBytes).toBe(MAX_MESSAGE_BYTES);
    const batch = { error: run.refusal, attempts: 3, age: 0 };
    const limits = { retries: 3, deliveryTimeout: 120_000_000 };
    expect(reactionTo({ ...batch, records: 2 }, limits)).toBe('split');
    expect(reactionTo({ ...batch, records: 1 }, limits)).toBe('fail');
  },
  'ConfigException if both set explicitly; if idempotence is only default-on, acks!=all silently disables it':
    ({ acks }, { state }) => {
      const settings = { acks, retries: 1, maxInFlight: 5 };
      const enableIdempotence = state['enable.idempotence'] ?? null;
      expect(idempotenceOf({ ...settings, enableIdempotence })).toBe('ConfigException');
      expect(idempotenceOf({ ...settings, enableIdempotence: null })).toBe('off');
      expect(idempotenceOf({ ...settings, acks: 'all', enableIdempotence: null })).toBe('on');
    },
};

/** The leader dies, another is elected, the dead one returns: is the record still in its log? */
function survivesCrash({ replicas = [], isr = [], minIsr = 1 }: State): boolean {
  const old = new LeaderEpochs();
  old.assign(0, 0);
  const crashed = changePartition(
    {
      ...{ replicas, isr, elr: [], lastKnownElr: [], leader: 1, leaderEpoch: 0 },
      ...{ partitionEpoch: 0, leaderRecoveryState: 'RECOVERED' },
    },
    {
      ...{ election: 'ONLINE', alive: [2, 3], targetIsr: [2, 3], minIsr },
      ...{ elrEnabled: true, lastKnownLeaderEnabled: true },
    },
  );
  const next = new LeaderEpochs();
  next.assign(0, 0);
  next.assign(crashed.leaderEpoch, LOG_END);
  const leader = new LeaderReplica({
    ...{ broker: crashed.leader, replicas, isr: crashed.isr, leaderEpoch: crashed.leaderEpoch },
    ...{ logEnd: LOG_END, highWatermark: LOG_END, now: 0 },
    settings: { minInsyncReplicas: minIsr, replicaLagTimeMax: 30_000_000 },
    isEligible: () => true,
  });
  const divergence = leader.divergence(old.latest, END_OFFSET, next);
  if (divergence === 'OFFSET_OUT_OF_RANGE') throw new Error('the new leader knows the old epoch');
  if (divergence === null) return true;
  return truncationOffset(divergence, old, END_OFFSET) >= END_OFFSET;
}

test('the file holds vectors for all acks, and no field that nobody reads', () => {
  expect(new Set(file.vectors.map(({ acks }) => acks))).toEqual(new Set([0, 1, -1, 2]));
  for (const vector of file.vectors) {
    expect(VECTOR_FIELDS).toEqual(expect.arrayContaining(Object.keys(vector)));
    expect(STATE_FIELDS).toEqual(expect.arrayContaining(Object.keys(vector.state)));
    expect(Object.keys(vector.expected)).not.toHaveLength(0);
  }
});

test.each(file.vectors)('$id', (vector) => {
  const run = new Run(vector);
  const { expected } = vector;
  for (const [name, value] of Object.entries(expected)) {
    const sentence = sentences[String(value)];
    if (sentence) {
      // An event is what happens to the run; any other sentence is about one of its own.
      sentence(name === 'event' ? run : new Run(vector), vector);
      continue;
    }
    const observe = observations[name];
    if (observe === undefined) throw new Error(`nobody observes "${name}"`);
    expect(observe(run, vector), name).toEqual(value);
  }
  const isClosed = produceAnswer(run.acks, run.refusal) === 'close';
  expect(isClosed).toBe(expected['connectionClosed'] === true);
});

describe('before the append', () => {
  const leader = { isr: [1], maximalIsr: [1], effectiveMinIsr: 2, highWatermark: 0 };

  test('a request that makes no sense is refused by any broker', () => {
    expect(refusalBeforeAppend('2', null, 64)).toBe('INVALID_REQUIRED_ACKS');
  });

  test('a batch of the largest size is taken', () => {
    expect(refusalBeforeAppend('1', leader, MAX_MESSAGE_BYTES)).toBe('NONE');
    expect(refusalBeforeAppend('1', leader, MAX_MESSAGE_BYTES + 1)).toBe('MESSAGE_TOO_LARGE');
  });

  test('too few in sync come before too many bytes', () => {
    expect(refusalBeforeAppend('all', leader, MAX_MESSAGE_BYTES + 1)).toBe('NOT_ENOUGH_REPLICAS');
  });
});

describe('after the append', () => {
  test('a leader that is deposed tells those who wait', () => {
    expect(outcomeAfterAppend('all', null, END_OFFSET)).toBe('NOT_LEADER_OR_FOLLOWER');
  });

  test('a member that is about to join counts for the minimum', () => {
    const leader = { isr: [1], maximalIsr: [1, 2], effectiveMinIsr: 2, highWatermark: END_OFFSET };
    expect(outcomeAfterAppend('all', leader, END_OFFSET)).toBe('NONE');
  });
});

test('a partition that has a leader is in good order', () => {
  expect(metadataError(0)).toBe('NONE');
});
