// Short ways to run a scenario with something changed, and to read what came of it.

import {
  ENTRY_KINDS,
  type EntryKind,
  instant,
  type StageId,
  TRANSFER_TYPES,
} from '../../engine/index';
import type { ParameterValues } from '../defineScenario';
import { type Intervention, type InterventionKind, type Run, runScenario } from '../runScenario';
import { carriedBy, type Row, rowsOf } from './traceColumns';

/** A run with some parameters set; `acts` read `12000 disconnect B` or `0 set acks 0`, in ms. */
export function runOf(
  scenarioId: string,
  parameters: ParameterValues = {},
  acts: readonly string[] = [],
  seed = 7,
): Run {
  return runScenario({ scenarioId, parameters, seed, interventions: acts.map(parseAct) });
}

function parseAct(text: string): Intervention {
  const [ms, kind, target, value] = text.split(' ') as [string, InterventionKind, string, string?];
  const act = { at: instant(Number(ms) * 1_000), kind, target };
  if (value === undefined) return act;
  return { ...act, value: /^\d+$/.test(value) && target !== 'acks' ? Number(value) : value };
}

/** An entry with the names of its node and of its kind, and its time in milliseconds. */
export interface NamedRow extends Row {
  readonly ms: number;
  readonly what: string;
  readonly who: string;
  /** `A#3`: what a message is called; empty for none. */
  readonly said: string;
}

/** The entries of one stage, in order. */
export function storyOf(run: Run, stage: StageId): NamedRow[] {
  const { trace } = run.index;
  return rowsOf(trace)
    .filter(({ node }) => trace.legend.nodes[node]?.stage === stage)
    .map((row) => ({
      ...row,
      ms: row.time / 1_000,
      what: ENTRY_KINDS[row.kind as EntryKind]?.name ?? '',
      who: trace.legend.nodes[row.node]?.id ?? '',
      said: nameOf(run, row.message),
    }));
}

export function nameOf(run: Run, message: number): string {
  const { messages, legend } = run.index.trace;
  if (message < 0) return '';
  return `${legend.nodes[messages.from[message] as number]?.id}#${messages.number[message]}`;
}

/** What a reader got, in order, as `A#3`. */
export function heardBy(run: Run, stage: StageId, who: string): string[] {
  return storyOf(run, stage)
    .filter((row) => row.what === 'delivered' && row.who === who)
    .map(({ said }) => said);
}

/** A transfer as the trace has it, with its times in milliseconds. */
export interface NamedTransfer {
  readonly transfer: number;
  readonly connection: number;
  readonly fromClient: boolean;
  readonly startMs: number;
  /** Infinity: in flight at the horizon. */
  readonly endMs: number;
  readonly bytes: number;
  readonly payloadBytes: number;
  readonly said: readonly string[];
}

/** The transfers of one type and stage, in the order in which they left. */
export function transfersOf(run: Run, stage: StageId, type: string): NamedTransfer[] {
  const { trace } = run.index;
  const { transfers, entries, legend } = trace;
  return storyOf(run, stage)
    .filter(({ what }) => what === 'transferStarted')
    .map(({ transfer, ms }) => {
      const connection = transfers.connection[transfer] as number;
      const end = transfers.endSeq[transfer] as number;
      return {
        transfer,
        connection,
        fromClient: legend.connections[connection]?.client === transfers.from[transfer],
        startMs: ms,
        endMs: end < 0 ? Number.POSITIVE_INFINITY : (entries.time[end] as number) / 1_000,
        bytes: transfers.bytes[transfer] as number,
        payloadBytes: transfers.payloadBytes[transfer] as number,
        said: carriedBy(trace, transfer).map((message) => nameOf(run, message)),
      };
    })
    .filter(({ transfer }) => typeOf(run, transfer) === type);
}

function typeOf(run: Run, transfer: number): string {
  return TRANSFER_TYPES[run.index.trace.transfers.type[transfer] as number] ?? '';
}
