// Marks of a diagram as sentences, and the pause that stands under it.

import type { MessageIndex, NodeIndex, TraceIndex } from '../../engine/index';
import { listText } from '../description/messageWords';
import { durationText } from '../numberText';
import { nameOf } from '../people';
import { partitionLabel } from './bands';
import type { DiagramMark } from './diagramMarks';
import type { Stay } from './story/logStays';
import { logPauses, type Pause, senderPause } from './story/pauses';
import { countUpTo } from './story/spans';
import type { StageStory } from './story/stageStory';
import { isDropped, messagesIn } from './story/travels';
import { exactText } from './timeAxis';

/** One sentence: who, what, from when to when, and why it took that long. */
export function markSentence(story: StageStory, mark: DiagramMark): string {
  switch (mark.kind) {
    case 'line':
      return lineSentence(story, mark.place);
    case 'bar':
      return barSentence(story, story.stays[mark.place] as Stay);
    case 'loss':
      return lossSentence(story, mark.place);
    default:
      return faultSentence(story, mark.place);
  }
}

const at = ({ index }: StageStory, time: number): string => exactText(time, index.trace.horizon);

function span(story: StageStory, from: number, to: number): string {
  return `${at(story, from)} to ${at(story, to)}`;
}

/** "Ana’s message 3", "3 messages of Ana". */
function whatText({ trace }: TraceIndex, messages: readonly MessageIndex[]): string {
  const [first = -1] = messages;
  const senders = [...new Set(messages.map((message) => trace.messages.from[message] as number))];
  const names = senders.map((node) => nameOf(trace, node));
  if (messages.length > 1) return `${messages.length} messages of ${listText(names, 'people')}`;
  return `${names[0]}’s message ${trace.messages.number[first]}`;
}

const placeText = ({ trace }: TraceIndex, node: NodeIndex): string =>
  trace.legend.nodes[node]?.role === 'broker' ? 'the log' : nameOf(trace, node);

function lineSentence(story: StageStory, place: number): string {
  const { index, messages } = story;
  const transfer = messages.transfers[place] as number;
  const { from, to } = index.trace.transfers;
  const sender = placeText(index, from[transfer] as number);
  const receiver = placeText(index, to[transfer] as number);
  const what = whatText(index, messagesIn(index, transfer));
  const times = span(
    story,
    messages.spans.from[place] as number,
    messages.spans.to[place] as number,
  );
  const end = isDropped(index, transfer) ? '; it does not arrive' : '';
  return `${what}, from ${sender} to ${receiver}, ${times}${end}.`;
}

function barSentence(story: StageStory, stay: Stay): string {
  const { index } = story;
  const where = `record ${stay.offset} of ${partitionLabel(story, stay.partition) || 'the log'}`;
  const what = whatText(index, [stay.message]);
  const start = at(story, stay.from);
  if (stay.end === 'gone') {
    return `${what} is ${where} from ${start} until the log lets it go at ${at(story, stay.to)}.`;
  }
  if (stay.leaving < 0) return `${what} is ${where} from ${start} on and waits for a reader.`;
  return `${what} is ${where} from ${start} on. ${pauseText(logPauses(index, stay))}`;
}

/** "It leaves after 23 ms: append + copy 3 ms, waiting for a poll 20 ms." */
function pauseText(pauses: readonly Pause[]): string {
  const [first] = pauses;
  if (first === undefined) return 'It leaves at once.';
  const whole = (pauses.at(-1)?.to ?? first.to) - first.from;
  return `It leaves after ${lengthText(whole)}: ${reasonsText(pauses)}.`;
}

const lengthText = (us: number): string => durationText(us / 1_000);

const reasonsText = (pauses: readonly Pause[]): string =>
  pauses
    .map(({ from, to, reason }) => {
      const words = reason.startsWith('a ') ? `waiting for ${reason}` : reason;
      return `${words} ${lengthText(to - from)}`;
    })
    .join(', ');

function lossSentence({ index, losses, ...story }: StageStory, place: number): string {
  const loss = losses[place];
  if (loss === undefined) return '';
  const reader = nameOf(index.trace, loss.reader);
  const when = at({ index, losses, ...story }, loss.time);
  const later = loss.cameLater ? ' It came later.' : '';
  return `${whatText(index, [loss.message])} is lost for ${reader} at ${when}: ${loss.cause}.${later}`;
}

function faultSentence(story: StageStory, place: number): string {
  const fault = story.faults[place];
  return fault === undefined ? '' : `${fault.text}, ${span(story, fault.from, fault.to)}.`;
}

/** What stands under Kafka's diagram: the newest pause before `time`, or that of a message. */
export function pauseSentence(
  story: StageStory,
  time: number,
  isChosen: ((message: MessageIndex) => boolean) | null,
): string {
  const own =
    isChosen === null
      ? undefined
      : story.stays.find(({ message, leaving }) => leaving >= 0 && isChosen(message));
  const stay = own ?? newestLeft(story, time);
  if (stay === undefined) return 'Lines stop at the log, and leave it again for each reader.';
  const pauses = logPauses(story.index, stay);
  const before = senderText(story, stay);
  const [first] = pauses;
  if (first === undefined) return `${before}Records leave the log at once.`;
  const whole = (pauses.at(-1)?.to ?? first.to) - first.from;
  return `${before}The pause of ${lengthText(whole)} in the log: ${reasonsText(pauses)}.`;
}

/** "Before it left Ana: linger 5 ms. "; empty if it left at once. */
function senderText({ index }: StageStory, { message }: Stay): string {
  const pause = senderPause(index, message);
  if (pause === null) return '';
  const sender = nameOf(index.trace, index.trace.messages.from[message] as number);
  return `Before it left ${sender}: ${reasonsText([pause])}. `;
}

/** Looked for among the last few: a record that has left before the playhead. */
const LOOKED_AT = 64;

function newestLeft({ stays, staySpans, index }: StageStory, time: number): Stay | undefined {
  const end = countUpTo(staySpans.from, time);
  const recent = stays.slice(Math.max(0, end - LOOKED_AT), end).reverse();
  const { transfers, entries } = index.trace;
  const hasLeft = ({ leaving }: Stay): boolean => {
    const seq = transfers.startSeq[leaving] ?? -1;
    return seq >= 0 && (entries.time[seq] as number) <= time;
  };
  return recent.find(hasLeft) ?? stays.find(({ leaving }) => leaving >= 0);
}
