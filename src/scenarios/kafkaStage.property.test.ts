// What holds on Kafka whatever a reader does to it: offsets, watermarks, positions, turns.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { EntryKind, TRANSFER_TYPES, type Trace } from '../engine/index';
import { SCENARIOS } from './registry';
import { type Run, runScenario } from './runScenario';
import { drawnRunSpec } from './testing/drawnRun';
import { carriedBy, type Row, rowsOf } from './testing/traceColumns';

// A machine that is busy with other work takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** Readers by hand and logs with neither markers nor holes; what a cluster adds has other tests. */
const kafkaScenes = SCENARIOS.filter(
  ({ stages, stageView }) => stages.includes('kafka') && stageView !== 'cluster',
);
const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 36, size: 'max' });
const settings = { seed: 20_260_910, numRuns: 150 } as const;

/** Goes through a run's entries with each log as the entries so far have left it. */
interface Log {
  start: number;
  highWatermark: number;
  records: number[];
}

function follow(trace: Trace, see: (row: Row, log: (partition: number) => Log) => void): void {
  const logs = trace.legend.partitions.map(
    (): Log => ({
      start: 0,
      highWatermark: 0,
      records: [],
    }),
  );
  const at = (partition: number) => logs[partition] as Log;
  for (const row of rowsOf(trace)) {
    see(row, at);
    const log = logs[row.place];
    if (!log) continue;
    if (row.kind === EntryKind.Appended) log.records.push(row.message);
    else if (row.kind === EntryKind.Truncated) log.records.length = row.value;
    else if (row.kind === EntryKind.WatermarkMoved) log.highWatermark = row.value;
    else if (row.kind === EntryKind.LogStartMoved) log.start = row.value;
    else if (row.kind === EntryKind.MarkerAppended) log.records.push(NO_MESSAGE);
    else if (row.kind === EntryKind.RecordRemoved) log.records[row.value] = NO_MESSAGE;
  }
}

/** A control record, or what compaction has removed. */
const NO_MESSAGE = -1;

function overRuns(check: (trace: Trace, run: Run) => void): void {
  fc.assert(
    fc.property(numbers, (drawn) => {
      const run = runScenario(drawnRunSpec(drawn, kafkaScenes));
      check(run.index.trace, run);
    }),
    settings,
  );
}

test('offsets are dense, and a crash cuts off nothing below the high watermark', () => {
  overRuns((trace) =>
    follow(trace, ({ kind, place, value }, log) => {
      if (kind === EntryKind.Appended) expect(value).toBe(log(place).records.length);
      if (kind !== EntryKind.Truncated) return;
      expect(value).toBeGreaterThanOrEqual(log(place).highWatermark);
      expect(value).toBeLessThan(log(place).records.length);
    }),
  );
});

test('the high watermark only rises and never passes the log end', () => {
  overRuns((trace) =>
    follow(trace, ({ kind, place, value }, log) => {
      if (kind !== EntryKind.WatermarkMoved) return;
      expect(value).toBeGreaterThan(log(place).highWatermark);
      expect(value).toBeLessThanOrEqual(log(place).records.length);
    }),
  );
});

test('the log start only rises and never passes the high watermark', () => {
  overRuns((trace) =>
    follow(trace, ({ kind, place, value }, log) => {
      if (kind !== EntryKind.LogStartMoved) return;
      expect(value).toBeGreaterThan(log(place).start);
      expect(value).toBeLessThanOrEqual(log(place).highWatermark);
    }),
  );
});

test('no answer carries a record at or above the high watermark or below the log start', () => {
  overRuns((trace) =>
    follow(trace, ({ kind, value, transfer }, log) => {
      if (kind !== EntryKind.TransferStarted || TRANSFER_TYPES[value] !== 'records') return;
      const carried = carriedBy(trace, transfer);
      const readable = trace.legend.partitions.flatMap((_, partition) => {
        const { start, highWatermark, records } = log(partition);
        return records.slice(0, highWatermark).slice(start);
      });
      expect(carried.filter((message) => !readable.includes(message))).toEqual([]);
    }),
  );
});

test('what is delivered is the record of its offset, and positions pass no other', () => {
  overRuns((trace) => {
    const positions = new Map<string, number>();
    follow(trace, ({ kind, place, value, node, message }, log) => {
      const reader = `${node} ${place}`;
      const isPlaced = kind === EntryKind.PositionReset || kind === EntryKind.Assigned;
      if (isPlaced) positions.set(reader, value);
      if (kind !== EntryKind.Delivered || value < 0) return;
      expect(log(place).records[value]).toBe(message);
      const position = positions.get(reader) ?? 0;
      expect(value).toBeGreaterThanOrEqual(position);
      const passed = log(place).records.slice(position, value);
      expect(passed.filter((record) => record !== NO_MESSAGE)).toEqual([]);
      positions.set(reader, value + 1);
    });
  });
});

test('a group commits only what it has been given, some five seconds apart', () => {
  overRuns((trace) => {
    const highest = new Map<string, number>();
    const times = new Map<string, number>();
    for (const { kind, place, value, node, time } of rowsOf(trace)) {
      const reader = `${node} ${place}`;
      if (kind === EntryKind.PositionReset || kind === EntryKind.Delivered) {
        const position = kind === EntryKind.Delivered ? value + 1 : value;
        highest.set(reader, Math.max(position, highest.get(reader) ?? 0));
      }
      if (kind !== EntryKind.Committed) continue;
      expect(value).toBeLessThanOrEqual(highest.get(reader) ?? 0);
      // A line that was cut may bring two at once, so only what nobody has disturbed is timed.
      if (!rowsOf(trace).some((row) => row.kind === EntryKind.Intervened)) {
        // The first one waits for its connection to the coordinator.
        expect(time - (times.get(reader) ?? -5_000_000)).toBeGreaterThanOrEqual(4_900_000);
      }
      times.set(reader, time);
    }
  });
});

test('on each connection the broker answers one request at a time, in their order', () => {
  overRuns((trace) => {
    const { transfers, legend } = trace;
    const arrived = new Map<number, number>();
    const answered = new Map<number, number>();
    for (const { kind, transfer, place } of rowsOf(trace)) {
      if (kind === EntryKind.Closed) {
        arrived.set(place, 0);
        answered.set(place, 0);
      }
      const connection = transfers.connection[transfer] as number;
      const type = TRANSFER_TYPES[transfers.type[transfer] as number];
      if (transfer < 0 || type === 'tcp') continue;
      if (legend.connections[connection]?.stage !== 'kafka') continue;
      const isRequest = transfers.from[transfer] === legend.connections[connection]?.client;
      if (isRequest && kind === EntryKind.TransferArrived) {
        arrived.set(connection, (arrived.get(connection) ?? 0) + 1);
      }
      if (isRequest || kind !== EntryKind.TransferStarted) continue;
      answered.set(connection, (answered.get(connection) ?? 0) + 1);
      expect(answered.get(connection)).toBeLessThanOrEqual(arrived.get(connection) ?? 0);
    }
  });
});

test('nothing is written twice, and nobody but a crashed reader gets anything twice', () => {
  overRuns((trace, run) => {
    const mayDouble = !isIdempotent(run);
    const kept = new Map<number, number[]>();
    const crashed = new Set<number>();
    const given = new Set<string>();
    for (const { kind, message, place, value, node } of rowsOf(trace)) {
      if (kind === EntryKind.Crashed) crashed.add(node);
      const records = kept.get(place) ?? [];
      if (kind === EntryKind.Truncated) kept.set(place, records.slice(0, value));
      if (kind === EntryKind.Appended) {
        if (!mayDouble) expect(records).not.toContain(message);
        kept.set(place, [...records, message]);
      }
      const isOffset = kind === EntryKind.Delivered && value >= 0;
      // Members of a group read again what the one before them had not committed.
      const isMember = (trace.legend.nodes[node]?.group ?? -1) >= 0;
      if (!isOffset || mayDouble || isMember || crashed.has(node)) continue;
      expect(given).not.toContain(`${node} ${message}`);
      given.add(`${node} ${message}`);
    }
  });
});

/** Whether brokers recognise every retry of the run: idempotence, and what it needs. */
function isIdempotent({ parameters, spec }: Run): boolean {
  const isOn = (name: string, value: string) =>
    (parameters[name] ?? value) === value &&
    spec.interventions.every(({ target, value: set }) => target !== name || set === value);
  const inFlight = Number(parameters['max.in.flight.requests.per.connection'] ?? 5);
  return isOn('acks', 'all') && isOn('enable.idempotence', 'on') && inFlight <= 5;
}
