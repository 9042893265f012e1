// What a close frame carries: nothing, or a code and a reason (RFC 6455 §5.5.1).

import { mayTravel } from './closeCodes';
import { type Fault, protocolError } from './frameHeader';
import { decodeUtf8, encodeUtf8, isUtf8 } from './utf8';

export interface CloseReason {
  /** Null: the frame is empty, and its receiver reports 1005. */
  readonly code: number | null;
  readonly reason: string;
}

/** The payload that says so; without a code there is no reason. */
export function closePayload({ code, reason }: CloseReason): Uint8Array {
  if (code === null) return new Uint8Array(0);
  return Uint8Array.from([code >> 8, code & 0xff, ...encodeUtf8(reason)]);
}

/** Reads a payload, or says why it fails the connection. */
export function readClosePayload(payload: Uint8Array): CloseReason | Fault {
  if (payload.length === 0) return { code: null, reason: '' };
  if (payload.length === 1) return protocolError('A close frame has half a code.');
  const code = ((payload[0] as number) << 8) | (payload[1] as number);
  if (!mayTravel(code)) return protocolError(`No close frame may bear the code ${code}.`);
  const reason = payload.subarray(2);
  if (!isUtf8(reason)) return { code: 1007, why: 'The reason is no UTF-8.' };
  return { code, reason: decodeUtf8(reason) };
}

/** What is answered to a close frame: the same, as browsers and `ws` do (RFC 6455 §5.5.1). */
export const closeReply = ({ code, reason }: CloseReason): CloseReason => ({ code, reason });
