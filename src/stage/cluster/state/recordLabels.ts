// What is written on a record besides its offset: a short form of its key, or its sender's count.

import type { MessageIndex, TraceIndex } from '../../../engine/index';

/** What a scene is about: which key each record bears, or which of its sender's it is. */
export type RecordDetail = 'key' | 'number';

export interface RecordLabels {
  readonly detail: RecordDetail;
  readonly of: (message: MessageIndex) => string;
  /** Characters of the longest. */
  readonly length: number;
  /** For the legend: a short form and what it stands for. */
  readonly example: string;
}

export function recordLabels({ trace }: TraceIndex, detail: RecordDetail): RecordLabels {
  const { messages, legend } = trace;
  if (detail === 'number') {
    return {
      detail,
      of: (message) => `#${messages.number[message] ?? ''}`,
      length: `#${Math.max(0, messages.count - 1)}`.length,
      example: '#3: sent as number 3',
    };
  }
  const short = shortKeys(legend.keys);
  return {
    detail,
    of: (message) => short[messages.key[message] ?? -1] ?? '–',
    length: Math.max(1, ...short.map((text) => text.length)),
    example: `${short[0] ?? ''}: key ${legend.keys[0] ?? ''}`,
  };
}

/** "user-12" is "u12"; words are as short as tells them apart. */
export function shortKeys(keys: readonly string[]): readonly string[] {
  const numbered = keys.map((key) => /^([a-z])[a-z]*-(\d+)$/.exec(key));
  if (numbered.every((match) => match !== null)) {
    return numbered.map((match) => `${match?.[1]}${match?.[2]}`);
  }
  return keys.map((key) => {
    const lengths = Array.from({ length: key.length }, (_, at) => at + 1);
    const isOwn = (length: number): boolean =>
      keys.every((other) => other === key || !other.startsWith(key.slice(0, length)));
    return key.slice(0, lengths.find(isOwn) ?? key.length);
  });
}
