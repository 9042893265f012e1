// What control frames and the application's own word after a return said, read back from the trace.

import { EntryKind, TRANSFER_TYPES, type TransferType } from '../../trace/entryKinds';
import type { Trace, TransferIndex } from '../../trace/trace';
import { CLOSE_CODE_NAMES, INVALID_PAYLOAD, NO_STATUS } from './closeCodes';
import { closePayload } from './closeFrame';
import { filled } from './filled';
import { type Frame, Opcode } from './frame';
import { encodeUtf8 } from './utf8';

type Parts = Pick<Frame, 'rsv' | 'opcode' | 'payload'>;

/** Opcode 3 is reserved (RFC 6455 §5.2): whoever gets it fails the connection. */
const RESERVED_OPCODE = 3;

/** A close, ping or pong, or a frame that breaks a rule; null: it is none of them. */
export function controlFrame(
  trace: Trace,
  transfer: TransferIndex,
  { type, payloadBytes }: { readonly type: TransferType; readonly payloadBytes: number },
): Parts | null {
  if (type === 'close') {
    const code = closeCodeOf(trace, transfer);
    if (payloadBytes < 2) return { rsv: 0, opcode: Opcode.Close, payload: new Uint8Array(0) };
    // The trace keeps the length of a reason alone.
    const reason = filled(CLOSE_CODE_NAMES.get(code) ?? '', payloadBytes - 2);
    const payload = Uint8Array.from([...closePayload({ code, reason: '' }), ...reason]);
    return { rsv: 0, opcode: Opcode.Close, payload };
  }
  if (type === 'ping' || type === 'pong') {
    const ping = type === 'ping' ? transfer : pingBefore(trace, transfer);
    const opcode = type === 'ping' ? Opcode.Ping : Opcode.Pong;
    return { rsv: 0, opcode, payload: digits(numberOfPing(trace, ping), payloadBytes) };
  }
  return type === 'badFrame' ? badFrame(trace, transfer, payloadBytes) : null;
}

/** What its sender said that it closes with, last before the frame left. */
function closeCodeOf({ entries, transfers }: Trace, transfer: TransferIndex): number {
  for (let seq = (transfers.startSeq[transfer] as number) - 1; seq >= 0; seq -= 1) {
    if (entries.kind[seq] !== EntryKind.Closing) continue;
    const isHere = entries.place[seq] === transfers.connection[transfer];
    if (isHere && entries.node[seq] === transfers.from[transfer]) {
      return entries.value[seq] as number;
    }
  }
  return NO_STATUS;
}

const isPing = ({ transfers }: Trace, transfer: TransferIndex): boolean =>
  TRANSFER_TYPES[transfers.type[transfer] as number] === 'ping';

/** The ping that a pong answers (RFC 6455 §5.5.3): it came just before the pong left. */
function pingBefore(trace: Trace, pong: TransferIndex): TransferIndex {
  const { entries, transfers } = trace;
  let seq = entries.cause[transfers.startSeq[pong] as number] as number;
  for (; seq >= 0; seq = entries.cause[seq] as number) {
    const transfer = entries.transfer[seq] as number;
    if (entries.kind[seq] === EntryKind.TransferArrived && isPing(trace, transfer)) return transfer;
  }
  return -1;
}

/** Pings are counted on their connection, from 1, each end for itself. */
function numberOfPing(trace: Trace, ping: TransferIndex): number {
  const { connection, from } = trace.transfers;
  let number = 0;
  for (let transfer = 0; transfer <= ping; transfer += 1) {
    if (connection[transfer] !== connection[ping] || from[transfer] !== from[ping]) continue;
    if (isPing(trace, transfer)) number += 1;
  }
  return number;
}

const digits = (number: number, bytes: number): Uint8Array =>
  encodeUtf8(String(number).padStart(bytes, '0').slice(-bytes));

/** Text that is no text where that is what its reader complains of, else an unknown opcode. */
function badFrame(trace: Trace, transfer: TransferIndex, payloadBytes: number): Parts {
  if (complaintAbout(trace, transfer) === INVALID_PAYLOAD) {
    return { rsv: 0, opcode: Opcode.Text, payload: new Uint8Array(payloadBytes).fill(0xff) };
  }
  return { rsv: 0, opcode: RESERVED_OPCODE, payload: digits(0, payloadBytes) };
}

/** The code with which whoever got a transfer closed; -1: nobody did. */
function complaintAbout({ entries, transfers }: Trace, transfer: TransferIndex): number {
  const end = transfers.endSeq[transfer] as number;
  if (end < 0) return -1;
  for (let seq = end; seq < entries.count; seq += 1) {
    if (entries.time[seq] !== entries.time[end]) break;
    const isHere = entries.place[seq] === transfers.connection[transfer];
    if (isHere && entries.kind[seq] === EntryKind.Closing) return entries.value[seq] as number;
  }
  return -1;
}

const OUTCOMES = ['nothing missed', 'replaying', 'cannot replay'] as const;

/** What the server's application answered to a client that came back. */
export function resumeText({ entries, transfers }: Trace, transfer: TransferIndex): string {
  const end = transfers.endSeq[transfer] as number;
  for (let seq = end + 1; end >= 0 && seq < entries.count; seq += 1) {
    if (entries.time[seq] !== entries.time[end]) break;
    const isHere = entries.place[seq] === transfers.connection[transfer];
    if (!isHere || entries.kind[seq] !== EntryKind.ResumeAnswered) continue;
    const outcome = OUTCOMES[entries.detail[seq] as number] ?? '';
    return outcome === 'replaying' ? `${outcome} ${entries.value[seq]}` : outcome;
  }
  return 'resume';
}
