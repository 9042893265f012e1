// What a stage's diagram shows, in a few words above it and a sentence below; true of this run.

import type { MessageIndex } from '../../engine/index';
import { nameOf } from '../people';
import { pauseSentence } from './markWords';
import type { StageStory } from './story/stageStory';
import { isDropped } from './story/travels';

const known = new WeakMap<StageStory, boolean>();

/** Whether two messages ever go both ways between the same two at once. */
function hasCrossings(story: StageStory): boolean {
  const found = known.get(story) ?? findsCrossing(story);
  known.set(story, found);
  return found;
}

function findsCrossing({ index, messages }: StageStory): boolean {
  const { transfers } = index.trace;
  const open = new Map<string, number>();
  for (let place = 0; place < messages.transfers.length; place += 1) {
    const transfer = messages.transfers[place] as number;
    const [from, to] = [transfers.from[transfer], transfers.to[transfer]];
    if ((open.get(`${to} ${from}`) ?? -1) > (messages.spans.from[place] as number)) return true;
    if (isDropped(index, transfer)) continue;
    const until = Math.max(open.get(`${from} ${to}`) ?? 0, messages.spans.to[place] as number);
    open.set(`${from} ${to}`, until);
  }
  return false;
}

const hasLog = ({ index, stage }: StageStory): boolean =>
  index.trace.legend.partitions.some((partition) => partition.stage === stage);

export function stageSubtitle(story: StageStory): string {
  if (hasLog(story)) return 'the lines stop at the log and leave again';
  if (story.messages.transfers.length === 0) return 'nothing is sent';
  if (hasCrossings(story)) return 'the lines cross';
  const { links } = story.index.trace.legend;
  const isShared = links.some(
    ({ stage, duplex }) => stage === story.stage && duplex === 'half-duplex',
  );
  if (isShared) return 'the lines take turns';
  return goesOneWay(story) ? 'the lines go one way' : 'no two lines cross';
}

/** Whether nobody both sends and gets. */
function goesOneWay({ index, messages }: StageStory): boolean {
  const { to } = index.trace.transfers;
  const senders = new Set(index.trace.messages.from);
  return messages.transfers.every((transfer) => !senders.has(to[transfer] as number));
}

/** `isChosen`: the message that the reader looks at; null: none. */
export function stageCaption(
  story: StageStory,
  time: number,
  isChosen: ((message: MessageIndex) => boolean) | null,
): string {
  if (hasLog(story)) return pauseSentence(story, time, isChosen);
  if (story.messages.transfers.length === 0) return 'The line stands open; no message moves on it.';
  if (!hasCrossings(story)) return 'No two lines cross: nobody sends and gets at once.';
  const [one, other] = story.people.map(({ node }) => nameOf(story.index.trace, node));
  return story.people.length === 2
    ? `Each crossing is a moment when ${one} and ${other} both send and both get.`
    : 'Each crossing is a moment when somebody sends and gets at once.';
}
