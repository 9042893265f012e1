// All that a space-time diagram of one stage is drawn from, read out of the trace once.

import { EntryKind, type NodeIndex, type StageId, type TraceIndex } from '../../../engine/index';
import { type Person, peopleOf } from '../../people';
import { type Fault, faultsOf } from './faultSpans';
import { type Stay, staysOf } from './logStays';
import { type Loss, lossesOf } from './losses';
import { type Wait, waitsOf } from './senderWaits';
import { type Spans, spansOf } from './spans';
import { type Travels, travelsOf } from './travels';

export interface StageStory {
  readonly index: TraceIndex;
  readonly stage: StageId;
  /** Those who have a life line. */
  readonly people: readonly Person[];
  /** How many more there are. */
  readonly undrawn: number;
  readonly messages: Travels;
  readonly quiets: Travels;
  readonly stays: readonly Stay[];
  readonly staySpans: Spans;
  readonly waits: readonly Wait[];
  readonly waitSpans: Spans;
  readonly losses: readonly Loss[];
  readonly faults: readonly Fault[];
  /** When those came who were not there from the beginning. */
  readonly comings: ReadonlyMap<NodeIndex, number>;
}

/** More life lines than this could not be told apart. */
const MOST_PEOPLE = 10;

const known = new WeakMap<TraceIndex, Map<StageId, StageStory>>();

/** The same story for the same run and stage: it is long to read and does not change. */
export function stageStory(index: TraceIndex, stage: StageId): StageStory {
  const ofRun = known.get(index) ?? new Map<StageId, StageStory>();
  known.set(index, ofRun);
  const story = ofRun.get(stage) ?? readStory(index, stage);
  ofRun.set(stage, story);
  return story;
}

function comingsOf({ trace }: TraceIndex): Map<NodeIndex, number> {
  const { entries } = trace;
  const comings = new Map<NodeIndex, number>();
  for (let seq = 0; seq < entries.count; seq += 1) {
    if (entries.kind[seq] !== EntryKind.Joined) continue;
    comings.set(entries.node[seq] as number, entries.time[seq] as number);
  }
  return comings;
}

function readStory(index: TraceIndex, stage: StageId): StageStory {
  const people = peopleOf(index.trace, stage);
  const stays = staysOf(index, stage);
  const waits = waitsOf(index, stage);
  return {
    index,
    stage,
    people: people.slice(0, MOST_PEOPLE),
    undrawn: Math.max(0, people.length - MOST_PEOPLE),
    ...travelsOf(index, stage),
    stays,
    staySpans: spansOf(stays),
    waits,
    waitSpans: spansOf(waits),
    losses: lossesOf(index, stage),
    faults: faultsOf(index, stage),
    comings: comingsOf(index),
  };
}
