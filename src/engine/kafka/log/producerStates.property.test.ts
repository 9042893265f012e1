// What gets into a log when batches are lost, late and sent again, over random networks.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { ProducerStates, type SequencedBatch, sequenceAfter } from './producerStates';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

const settings = { seed: 20_261_121, numRuns: 300 } as const;
/** `max.in.flight.requests.per.connection`, the most that idempotence allows. */
const IN_FLIGHT = 5;
const MAX_SEQUENCE = 0x7fffffff;

/** Which batch is meant is drawn as any number and taken as the rest of a division. */
const acts = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('send' as const), records: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      kind: fc.constantFrom('arrive' as const, 'arrive and answer' as const),
      which: fc.nat(),
      isFromAnyTime: fc.boolean(),
    }),
  ),
  { maxLength: 120, size: 'max' },
);
type Act = typeof acts extends fc.Arbitrary<(infer Drawn)[]> ? Drawn : never;

interface Sent {
  readonly batch: SequencedBatch;
  baseOffset: number | undefined;
  isAnswered: boolean;
}

/** A producer with up to five batches in flight, and a network that forgets no copy of any. */
class Exchange {
  readonly states = new ProducerStates();
  readonly log: number[];
  readonly sent: Sent[] = [];
  #next: number;

  constructor(first: number) {
    const batch = { ...ids, firstSequence: first, lastSequence: first };
    this.states.appended(batch, 0);
    this.log = [first];
    this.#next = sequenceAfter(first, 1);
  }

  act(act: Act): void {
    if (act.kind === 'send') this.#send(act.records);
    else this.#arrive(act);
  }

  #send(records: number): void {
    const oldest = this.sent.findIndex(({ isAnswered }) => !isAnswered);
    if (oldest >= 0 && this.sent.length - oldest >= IN_FLIGHT) return;
    const firstSequence = this.#next;
    const lastSequence = sequenceAfter(firstSequence, records - 1);
    this.#next = sequenceAfter(lastSequence, 1);
    const batch = { ...ids, firstSequence, lastSequence };
    this.sent.push({ batch, baseOffset: undefined, isAnswered: false });
  }

  #arrive({ kind, which, isFromAnyTime }: Exclude<Act, { kind: 'send' }>): void {
    const wanted = this.sent.filter(({ isAnswered }) => isFromAnyTime || !isAnswered);
    const sent = wanted[which % wanted.length];
    if (sent === undefined) return;
    const verdict = this.states.check(sent.batch);
    if (verdict.outcome === 'append') this.#append(sent);
    // Whoever still waits for an answer is told where the batch is, never that it came too late.
    if (sent.baseOffset !== undefined && !sent.isAnswered && verdict.outcome !== 'append') {
      expect(verdict.outcome).toBe('duplicate');
    }
    if (verdict.outcome === 'duplicate') {
      expect(verdict.baseOffset).toBe(sent.baseOffset);
      expect(this.log[verdict.baseOffset]).toBe(sent.batch.firstSequence);
      expect(this.log[verdict.lastOffset]).toBe(sent.batch.lastSequence);
    }
    const isDone = verdict.outcome === 'append' || verdict.outcome === 'duplicate';
    if (isDone && kind === 'arrive and answer') sent.isAnswered = true;
  }

  #append(sent: Sent): void {
    expect(sent.baseOffset).toBeUndefined();
    sent.baseOffset = this.log.length;
    this.states.appended(sent.batch, this.log.length);
    const { firstSequence, lastSequence } = sent.batch;
    for (let at = firstSequence; ; at = sequenceAfter(at, 1)) {
      this.log.push(at);
      if (at === lastSequence) break;
    }
  }
}

const ids = { producerId: 1, epoch: 0, transactional: false };
const beginnings = fc.oneof(
  fc.constant(0),
  fc.integer({ min: MAX_SEQUENCE - 60, max: MAX_SEQUENCE }),
);

test('with five in flight, each record gets into the log once and in order', () => {
  let longest = 0;
  let appendedLater = 0;
  fc.assert(
    fc.property(beginnings, acts, (first, drawn) => {
      const exchange = new Exchange(first);
      for (const act of drawn) exchange.act(act);
      exchange.log.forEach((sequence, offset) => {
        expect(sequence).toBe(sequenceAfter(first, offset));
      });
      longest = Math.max(longest, exchange.log.length);
      appendedLater += exchange.sent.filter(({ isAnswered }) => isAnswered).length;
    }),
    settings,
  );
  // The runs are worth something: much was written, and answered.
  expect([longest > 20, appendedLater > 500]).toEqual([true, true]);
});

const entries = fc.array(
  fc.record({
    producerId: fc.nat(2),
    records: fc.integer({ min: 1, max: 3 }),
    change: fc.constantFrom('batch', 'batch', 'batch', 'batch', 'marker', 'epoch'),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

interface Step {
  readonly offset: number;
  readonly batch: SequencedBatch;
  readonly isMarker: boolean;
}

/** A log of batches and markers as three producers would write it. */
function written(drawn: typeof entries extends fc.Arbitrary<infer Drawn> ? Drawn : never): Step[] {
  const producers = new Map<number, { epoch: number; next: number }>();
  let offset = 0;
  return drawn.map(({ producerId, records, change }) => {
    const state = producers.get(producerId) ?? { epoch: 0, next: 0 };
    const isMarker = change === 'marker';
    if (change !== 'batch') Object.assign(state, { epoch: state.epoch + 1, next: 0 });
    const [firstSequence, lastSequence] = [state.next, state.next + records - 1];
    const batch = { producerId, epoch: state.epoch, firstSequence, lastSequence };
    const step = { offset, isMarker, batch: { ...batch, transactional: true } };
    producers.set(producerId, state);
    offset += isMarker ? 1 : records;
    if (!isMarker) state.next += records;
    return step;
  });
}

function replay(steps: readonly Step[], states = new ProducerStates()): ProducerStates {
  for (const { offset, batch, isMarker } of steps) {
    if (isMarker) states.markerAppended(batch, offset);
    else states.appended(batch, offset);
  }
  return states;
}

test('a log that was cut answers like one that never had more, also when it grows again', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(entries, fc.nat(40), fc.boolean(), (drawn, cut, growsAgain) => {
      const steps = written(drawn);
      const kept = steps.slice(0, cut);
      const states = replay(steps);
      states.truncateTo(steps[cut]?.offset ?? Number.POSITIVE_INFINITY);
      const again = growsAgain ? steps.slice(cut) : [];
      replay(again, states);
      const fresh = replay([...kept, ...again]);
      for (const { batch } of steps) {
        const verdict = states.check(batch);
        expect(verdict).toEqual(fresh.check(batch));
        outcomes.add(verdict.outcome);
      }
    }),
    settings,
  );
  expect(outcomes.size).toBe(4);
});
