// Words for messages and people in a sentence: named while few, counted when many.

import type { MessageIndex, Trace } from '../../engine/index';

/** "Ana", "Ana and Ben", "4 people". */
export function listText(names: readonly string[], many: string): string {
  if (names.length > 2) return `${names.length} ${many}`;
  return names.join(' and ');
}

/** "message 3", "2 messages". */
export function messageText(trace: Trace, messages: readonly MessageIndex[]): string {
  const [first = -1] = messages;
  if (messages.length === 1) return `message ${trace.messages.number[first]}`;
  return `${messages.length} messages`;
}
