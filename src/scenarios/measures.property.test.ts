// Every measure at any instant against a slow and plain way to work it out.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  EntryKind,
  instant,
  measuresAt,
  stepAfter,
  stepBefore,
  stepInstants,
  TRANSFER_TYPES,
  type Trace,
  worldAt,
} from '../engine/index';
import { type Run, runScenario } from './runScenario';
import { drawnRunSpec } from './testing/drawnRun';
import { carriedBy, rowsOf } from './testing/traceColumns';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 36, size: 'max' });
const moments = fc.array(fc.nat(), { minLength: 4, maxLength: 4 });
const settings = { seed: 20_260_907, numRuns: 150 } as const;

/** A run and some instants of it: of its entries, between them, and its two ends. */
function drawn(lists: number[], picks: number[]): { run: Run; times: number[] } {
  const run = runScenario(drawnRunSpec(lists));
  const { time, count } = run.index.trace.entries;
  const found = picks.map((pick) => (time[pick % count] as number) + (pick % 3) - 1);
  return { run, times: [0, ...found, run.horizon] };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Time covered by one list of spans, and by both of two, counted between all their ends. */
function covered(ones: readonly Span[], others: readonly Span[]): { any: number; both: number } {
  const ends = [...ones, ...others].flatMap(({ from, to }) => [from, to]);
  const sorted = [...new Set(ends)].sort((a, b) => a - b);
  let any = 0;
  let both = 0;
  sorted.slice(1).forEach((end, place) => {
    const start = sorted[place] as number;
    const covers = ({ from, to }: Span) => from <= start && to >= end;
    const sides = [ones, others].filter((spans) => spans.some(covers)).length;
    if (sides > 0) any += end - start;
    if (sides === 2) both += end - start;
  });
  return { any, both };
}

/** The spans up to `time` of the transfers that count, sorted by subject and side. */
function pooled(
  trace: Trace,
  time: number,
  sidesOf: (transfer: number) => readonly string[],
): number | null {
  const spans = new Map<string, Span[]>();
  const { transfers, entries } = trace;
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    const from = entries.time[transfers.startSeq[transfer] as number] as number;
    const endSeq = transfers.endSeq[transfer] as number;
    const end = endSeq < 0 ? time : (entries.time[endSeq] as number);
    if (from > time) continue;
    for (const side of sidesOf(transfer)) {
      spans.set(side, [...(spans.get(side) ?? []), { from, to: Math.min(end, time) }]);
    }
  }
  const subjects = new Set([...spans.keys()].map((side) => side.slice(1)));
  let any = 0;
  let both = 0;
  for (const subject of subjects) {
    const times = covered(spans.get(`>${subject}`) ?? [], spans.get(`<${subject}`) ?? []);
    any += times.any;
    both += times.both;
  }
  return any === 0 ? null : both / any;
}

test('overlap is what an interval computation of the transfers gives', () => {
  fc.assert(
    fc.property(numbers, moments, (lists, picks) => {
      const { run, times } = drawn(lists, picks);
      const { trace } = run.index;
      const { legend, transfers } = trace;
      for (const stage of run.scenario.stages) {
        const isHere = (transfer: number) =>
          legend.connections[transfers.connection[transfer] as number]?.stage === stage;
        const onConnection = (transfer: number) => {
          const connection = transfers.connection[transfer] as number;
          const isOut = legend.connections[connection]?.client === transfers.from[transfer];
          return [`${isOut ? '>' : '<'}${connection}`];
        };
        const ofPeople = (transfer: number) => {
          const [from, to] = [transfers.from[transfer], transfers.to[transfer]] as number[];
          const isPerson = (node: number) => legend.nodes[node]?.role === 'participant';
          return [
            ...(isPerson(from as number) ? [`>${from}`] : []),
            ...(isPerson(to as number) ? [`<${to}`] : []),
          ];
        };
        const isMessage = (transfer: number) =>
          isHere(transfer) && carriedBy(trace, transfer).length > 0;
        const isBytes = (transfer: number) =>
          isHere(transfer) && TRANSFER_TYPES[transfers.type[transfer] as number] !== 'tcp';
        const share = (
          time: number,
          counts: (transfer: number) => boolean,
          sides: (transfer: number) => string[],
        ) => pooled(trace, time, (transfer) => (counts(transfer) ? sides(transfer) : []));
        for (const time of times) {
          expect({ time, ...measuresAt(run.index, stage, time) }).toMatchObject({
            time,
            overlapWire: share(time, isBytes, onConnection),
            overlapConnection: share(time, isMessage, onConnection),
            overlapParticipant: share(time, isMessage, ofPeople),
          });
        }
      }
    }),
    { ...settings, numRuns: 50 },
  );
});

function nearestRank(values: number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? null;
}

test('latency and transit are the ranks of the sorted first deliveries', () => {
  fc.assert(
    fc.property(numbers, moments, (lists, picks) => {
      const { run, times } = drawn(lists, picks);
      const { trace } = run.index;
      const { messages, entries, legend } = trace;
      for (const stage of run.scenario.stages) {
        for (const time of times) {
          const seen = new Set<string>();
          const firsts = rowsOf(trace, time).filter(({ kind, node, message }) => {
            const { group = -1, stage: own } = legend.nodes[node] ?? {};
            const copy = `${message} ${group < 0 ? node : group}`;
            const isFirst = !seen.has(copy);
            if (kind !== EntryKind.Delivered || own !== stage) return false;
            seen.add(copy);
            return isFirst;
          });
          const waits = firsts.map((row) => row.time - (messages.wantedAt[row.message] as number));
          const travels = firsts.map(({ time: at, message }) => {
            return at - (entries.time[messages.sentSeq[message] as number] as number);
          });
          const ranks = (list: number[]) => {
            const inMs = list.map((wait) => wait / 1_000);
            return { p50: nearestRank(inMs, 0.5), p99: nearestRank(inMs, 0.99) };
          };
          const measured = measuresAt(run.index, stage, time);
          expect(measured.latencyMs).toEqual(ranks(waits));
          expect(measured.transitMs).toEqual(ranks(travels));
        }
      }
    }),
    settings,
  );
});

test('the transfers of an instant are those that have left and not ended', () => {
  fc.assert(
    fc.property(numbers, moments, (lists, picks) => {
      const { run, times } = drawn(lists, picks);
      const { trace } = run.index;
      for (const time of times) {
        const moving = new Set<number>();
        for (const { kind, transfer } of rowsOf(trace, time)) {
          if (kind === EntryKind.TransferStarted) moving.add(transfer);
          if (kind === EntryKind.TransferArrived) moving.delete(transfer);
          if (kind === EntryKind.TransferDropped) moving.delete(transfer);
        }
        const world = worldAt(run.index, instant(time));
        const { transfers } = world;
        expect(transfers.map(({ transfer }) => transfer)).toEqual([...moving]);
        for (const { transfer, messages } of transfers) {
          expect(messages).toEqual(carriedBy(trace, transfer));
        }
      }
    }),
    settings,
  );
});

test('steps forward and back go through the same instants, each once', () => {
  fc.assert(
    fc.property(numbers, moments, (lists, picks) => {
      const { run, times } = drawn(lists, picks);
      const instants = [...stepInstants(run.index)];
      const there: number[] = [];
      for (let at = stepAfter(run.index, instant(-1)); at !== null; ) {
        there.push(at);
        at = stepAfter(run.index, at);
      }
      const back: number[] = [];
      for (let at = stepBefore(run.index, instant(run.horizon + 1)); at !== null; ) {
        back.unshift(at);
        at = stepBefore(run.index, at);
      }
      expect(there).toEqual(instants);
      expect(back).toEqual(instants);
      for (const time of times.filter((at) => at >= 0)) {
        const next = instants.find((at) => at > time) ?? null;
        expect(stepAfter(run.index, instant(time))).toBe(next);
        const last = instants.findLast((at) => at < time) ?? null;
        expect(stepBefore(run.index, instant(time))).toBe(last);
      }
    }),
    settings,
  );
});
