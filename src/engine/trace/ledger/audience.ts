// Whether a message is for somebody who comes after it was sent; who was there is in the trace.

import type { MessageIndex, NodeIndex, Trace } from '../trace';
import type { LogContents } from './logContents';

/** Whether a reader reads the topic that a message is written to, or without logs hears its sender. */
export function isMeantFor(
  { legend, messages }: Trace,
  { writtenTo }: LogContents,
  { message, reader }: { readonly message: MessageIndex; readonly reader: NodeIndex },
): boolean {
  const { stage, hears } = legend.nodes[reader] ?? {};
  const sender = messages.from[message] as number;
  if (stage !== 'kafka') return hears?.includes(sender) ?? true;
  const own = writtenTo[message] as number;
  // What never came to a log was for the same topic as all that its sender says.
  const isTheirs = (place: number, other: MessageIndex) =>
    place >= 0 && messages.from[other] === sender;
  const ofSender = legend.partitions.findIndex((partition) => partition.sender === sender);
  const other = ofSender >= 0 ? ofSender : (writtenTo.find(isTheirs) ?? -1);
  const place = own >= 0 ? own : other;
  const topic = legend.partitions[place]?.topic;
  return legend.partitions.some((partition) => {
    const { readers, sender: writer } = partition;
    const mayBe = topic === undefined ? writer < 0 || writer === sender : partition.topic === topic;
    return mayBe && readers.includes(reader);
  });
}
