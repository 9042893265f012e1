// One polite sentence for all that happens at an instant, on every stage; short enough to be heard.

import type { SimTime, TraceIndex } from '../../engine/index';
import { STAGE_TITLES } from '../stageTitles';
import { instantPhrases } from './instantPhrases';

const MOST_WORDS = 25;

/** Empty when nothing worth a step happened then. */
export function stepSentence(index: TraceIndex, time: SimTime): string {
  const sides = index.trace.legend.stages.map((stage) => ({
    title: STAGE_TITLES[stage],
    phrases: instantPhrases(index, stage, time),
  }));
  const shared = (sides[0]?.phrases ?? []).filter((phrase) =>
    sides.every(({ phrases }) => phrases.includes(phrase)),
  );
  const sharedPart = sides.length > 1 ? shared : [];
  const parts = [
    ...sharedPart.map((phrase) => ({ title: '', phrase })),
    ...alternate(
      sides.map(({ title, phrases }) =>
        phrases
          .filter((phrase) => !sharedPart.includes(phrase))
          .map((phrase) => ({ title, phrase })),
      ),
    ),
  ];
  return sentenceOf(withinLimit(parts));
}

interface Part {
  /** Of the stage; empty: of all stages. */
  readonly title: string;
  readonly phrase: string;
}

/** The first of each stage, then the second of each: what is cut off is the least telling. */
function alternate(lists: readonly (readonly Part[])[]): Part[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) =>
    lists.flatMap((list) => list.slice(at, at + 1)),
  ).flat();
}

/** As many parts as fit; the first always does. */
function withinLimit(parts: readonly Part[]): Part[] {
  const kept: Part[] = [];
  for (const part of parts) {
    if (kept.length > 0 && wordCount(sentenceOf([...kept, part])) > MOST_WORDS) break;
    kept.push(part);
  }
  return kept;
}

const wordCount = (text: string): number => text.split(/\s+/).length;

function sentenceOf(parts: readonly Part[]): string {
  const titles = [...new Set(parts.map(({ title }) => title))];
  return titles
    .map((title) => {
      const own = parts.filter((part) => part.title === title).map(({ phrase }) => phrase);
      const text = own.join('; ');
      return title === '' ? `${capital(text)}.` : `${title}: ${text}.`;
    })
    .join(' ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
