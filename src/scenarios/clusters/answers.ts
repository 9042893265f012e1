// What services that answer in transactions have made of the questions that they have read: each
// answer takes effect with the offset of its question, or neither does. Judges nothing else.

import type { TracedPartition } from './tracedLogs';
import type { TracedRun } from './tracedRun';

/** Questions, by reader and message, that were answered twice, or committed and not answered. */
export function notAnsweredOnce({ trace, logs, groups }: TracedRun): string[] {
  const { answers } = logs;
  const twice = [...answers].filter(([, count]) => count > 1).map(([answer]) => answer);
  const never: string[] = [];
  trace.legend.partitions.forEach(({ readers }, place) => {
    const { log, start, removed } = logs.partitions[place] as TracedPartition;
    for (const reader of readers.filter((node) => logs.isService(node))) {
      const from = Math.max(start, groups.passedOf(reader, place));
      for (let offset = from; offset < groups.committedOf(reader, place); offset += 1) {
        const message = log[offset] ?? -1;
        if (message < 0 || removed.has(offset)) continue;
        if (!answers.has(`${reader} ${message}`)) never.push(`${reader} ${message}`);
      }
    }
  });
  return [...twice, ...never];
}
