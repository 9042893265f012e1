// What travelled, byte for byte: frames rebuilt from a trace that keeps their sizes alone.

import { createRandomStream } from '../../kernel/random';
import { TRANSFER_TYPES, type TransferType } from '../../trace/entryKinds';
import type { MessageIndex, Trace, TransferIndex } from '../../trace/trace';
import { controlFrame, resumeText } from './controlFrames';
import { filled } from './filled';
import { encodeFrame, type Frame, frameHeaderBytes, Opcode, RSV1 } from './frame';

/**
 * The frame that a transfer was, with its header and masked as it left; the same run gives the same
 * bytes. Null: it was no frame of a WebSocket.
 */
export function frameBytes(trace: Trace, transfer: TransferIndex): Uint8Array | null {
  const frame = frameOf(trace, transfer);
  return frame && encodeFrame(frame);
}

function frameOf(trace: Trace, transfer: TransferIndex): Frame | null {
  const { transfers, legend } = trace;
  const connection = legend.connections[transfers.connection[transfer] as number];
  if (connection?.purpose !== 'websocket') return null;
  const type = TRANSFER_TYPES[transfers.type[transfer] as number];
  const isMasked = transfers.from[transfer] === connection.client;
  const bytes = transfers.bytes[transfer] as number;
  const payloadBytes = payloadBytesIn(bytes, isMasked);
  const parts = type && partsOf(trace, transfer, { type, payloadBytes });
  if (!parts) return null;
  return { fin: true, ...parts, maskKey: isMasked ? maskKeyOf(trace, transfer) : null };
}

/** What a frame of so many bytes carries. */
function payloadBytesIn(bytes: number, isMasked: boolean): number {
  // Each length has one header, so one of the three lengths of headers fits.
  const lengths = [0, 126, 0x10000].map((least) => bytes - frameHeaderBytes(least, isMasked));
  return lengths.find((length) => length + frameHeaderBytes(length, isMasked) === bytes) ?? 0;
}

type Parts = Pick<Frame, 'rsv' | 'opcode' | 'payload'>;

function partsOf(
  trace: Trace,
  transfer: TransferIndex,
  { type, payloadBytes }: { readonly type: TransferType; readonly payloadBytes: number },
): Parts | null {
  if (type === 'lastSeen') {
    const payload = filled(`last ${nameOf(trace, lastSeenBefore(trace, transfer))}`, payloadBytes);
    return { rsv: 0, opcode: Opcode.Text, payload };
  }
  if (type === 'resume') {
    const payload = filled(resumeText(trace, transfer), payloadBytes);
    return { rsv: 0, opcode: Opcode.Text, payload };
  }
  if (type !== 'message') return controlFrame(trace, transfer, { type, payloadBytes });
  const message = trace.carried[trace.transfers.carriedFrom[transfer] as number] as MessageIndex;
  if (payloadBytes === trace.transfers.payloadBytes[transfer]) {
    return { rsv: 0, opcode: Opcode.Text, payload: messagePayload(trace, message) };
  }
  // Compressed: its bytes are as many as recorded, and mean nothing.
  const random = createRandomStream(trace.seed, `compressed ${transfer}`);
  const payload = Uint8Array.from({ length: payloadBytes }, () => random.integer(0, 255));
  return { rsv: RSV1, opcode: Opcode.Text, payload };
}

/** What a message says, as long as it is: `Ana 3 ……`, in ASCII where the names are. */
export function messagePayload(trace: Trace, message: MessageIndex): Uint8Array {
  return filled(nameOf(trace, message), trace.messages.payloadBytes[message] as number);
}

/** Who said it and which of theirs it is. */
function nameOf({ messages, legend }: Trace, message: MessageIndex): string {
  if (message < 0) return '-';
  return `${legend.nodes[messages.from[message] as number]?.name} ${messages.number[message]}`;
}

/** The newest message that the sender of this transfer had got over its connection. */
function lastSeenBefore({ transfers, carried }: Trace, transfer: TransferIndex): MessageIndex {
  const isEarlier = (end: number) => end >= 0 && end < (transfers.startSeq[transfer] as number);
  for (let earlier = transfer - 1; earlier >= 0; earlier -= 1) {
    if (transfers.connection[earlier] !== transfers.connection[transfer]) continue;
    if (transfers.to[earlier] !== transfers.from[transfer]) continue;
    const hasMessage = (transfers.carriedCount[earlier] as number) > 0;
    if (hasMessage && isEarlier(transfers.endSeq[earlier] as number)) {
      return carried[transfers.carriedFrom[earlier] as number] as MessageIndex;
    }
  }
  return -1;
}

/** Four bytes that nobody can foresee who does not know the run (RFC 6455 §5.3). */
function maskKeyOf({ seed }: Trace, transfer: TransferIndex): Uint8Array {
  const random = createRandomStream(seed, `mask ${transfer}`);
  return Uint8Array.from({ length: 4 }, () => random.integer(0, 255));
}
