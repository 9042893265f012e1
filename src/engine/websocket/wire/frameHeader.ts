// Reads the header of a frame, and says what is wrong with it; the payload is the decoder's work.

import { CONTROL_PAYLOAD_LIMIT, isControl, Opcode, RSV1 } from './frame';

/** Close codes with which a connection fails because of what it received (RFC 6455 §7.4.1). */
export type FaultCode = 1002 | 1007 | 1009;

/** Why a connection must fail. */
export interface Fault {
  readonly code: FaultCode;
  readonly why: string;
}

export interface FrameHeader {
  readonly fin: boolean;
  /** RSV1 to RSV3 as three bits. */
  readonly rsv: number;
  readonly opcode: number;
  readonly isMasked: boolean;
  readonly maskKey: Uint8Array | null;
  readonly payloadBytes: number;
}

/** Most bytes of a header: 2, eight of length, four of mask key. */
export const LONGEST_HEADER = 14;

/** How long the header is that begins with these two bytes. */
export function headerBytesOf(second: number): number {
  const length = second & 0x7f;
  const extended = length === 126 ? 2 : length === 127 ? 8 : 0;
  return 2 + extended + (second & 0x80 ? 4 : 0);
}

/** Reads a whole header: as many bytes as `headerBytesOf` asks for. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader {
  const first = bytes[0] as number;
  const second = bytes[1] as number;
  const isMasked = (second & 0x80) !== 0;
  const end = headerBytesOf(second);
  const lengthEnd = isMasked ? end - 4 : end;
  let payloadBytes = second & 0x7f;
  if (lengthEnd > 2) {
    payloadBytes = 0;
    for (const byte of bytes.subarray(2, lengthEnd)) payloadBytes = payloadBytes * 256 + byte;
  }
  return {
    fin: (first & 0x80) !== 0,
    rsv: (first >> 4) & 7,
    opcode: first & 0x0f,
    isMasked,
    maskKey: isMasked ? Uint8Array.from(bytes.subarray(lengthEnd, end)) : null,
    payloadBytes,
  };
}

/** What the reader of a frame goes by. */
export interface HeaderRules {
  /** Which end reads: a server takes only masked frames, a client only bare ones (§5.1). */
  readonly role: 'client' | 'server';
  readonly isDeflateAgreed: boolean;
  /** Opcode of the message that has begun and not ended; null: none. */
  readonly unfinished: number | null;
}

/** What is wrong with the first two bytes of a frame; null: nothing. */
export function headerFault(
  first: number,
  second: number,
  { role, isDeflateAgreed, unfinished }: HeaderRules,
): Fault | null {
  const rsv = (first >> 4) & 7;
  const opcode = first & 0x0f;
  const allowedRsv = isDeflateAgreed && isFirstOfMessage(opcode) ? RSV1 : 0;
  if ((rsv & ~allowedRsv) !== 0) return protocolError('A reserved bit is set.');
  if (!KNOWN_OPCODES.includes(opcode)) return protocolError(`Opcode ${opcode} is reserved.`);
  if (role === 'server' && (second & 0x80) === 0) {
    return protocolError('A frame from the client is not masked.');
  }
  if (role === 'client' && (second & 0x80) !== 0) {
    return protocolError('A frame from the server is masked.');
  }
  if (isControl(opcode)) {
    if ((first & 0x80) === 0) return protocolError('A control frame is fragmented.');
    if ((second & 0x7f) > CONTROL_PAYLOAD_LIMIT) {
      return protocolError('A control frame has more than 125 bytes.');
    }
    return null;
  }
  if (opcode === Opcode.Continuation && unfinished === null) {
    return protocolError('There is no message to continue.');
  }
  if (opcode !== Opcode.Continuation && unfinished !== null) {
    return protocolError('A new message begins before the last one has ended.');
  }
  return null;
}

/** Whether a length is written in more bytes than it needs, or in more than there are (§5.2). */
export function lengthFault(bytes: Uint8Array): Fault | null {
  const written = (bytes[1] as number) & 0x7f;
  const { payloadBytes } = readFrameHeader(bytes);
  if (written === 126 && payloadBytes < 126) return protocolError('The length has spare bytes.');
  if (written === 127 && payloadBytes <= 0xffff) {
    return protocolError('The length has spare bytes.');
  }
  if (written === 127 && ((bytes[2] as number) & 0x80) !== 0) {
    return protocolError('The highest bit of the length is set.');
  }
  return null;
}

export const protocolError = (why: string): Fault => ({ code: 1002, why });

const isFirstOfMessage = (opcode: number) => opcode === Opcode.Text || opcode === Opcode.Binary;
const KNOWN_OPCODES: readonly number[] = Object.values(Opcode);
