// Reads frames out of bytes that come in pieces, and messages out of frames; does no I/O and keeps
// no time.

import { type CloseReason, readClosePayload } from './closeFrame';
import { applyMask, type Frame, isControl, Opcode, RSV1 } from './frame';
import {
  type Fault,
  type FrameHeader,
  headerBytesOf,
  headerFault,
  LONGEST_HEADER,
  lengthFault,
  protocolError,
  readFrameHeader,
} from './frameHeader';
import { Utf8Checker } from './utf8';

export interface DecoderOptions {
  /** Which end this is; it decides who must have masked. */
  readonly role: 'client' | 'server';
  /** Most bytes of one frame's payload; more fails with 1009. */
  readonly maxFrameBytes: number;
  /** Most bytes of one message, all fragments together; more fails with 1009. */
  readonly maxMessageBytes: number;
  /** What the handshake agreed upon; permessage-deflate lets RSV1 stand on a first frame. */
  readonly extension: 'none' | 'permessage-deflate';
}

/** What one whole frame came to. */
export type Decoded =
  /** More of its message is to follow. */
  | { readonly kind: 'fragment'; readonly frame: Frame }
  | {
      readonly kind: 'message';
      /** The last one. */
      readonly frame: Frame;
      readonly isText: boolean;
      /** It was sent by permessage-deflate, and its payload is still as it travelled. */
      readonly isCompressed: boolean;
      readonly payload: Uint8Array;
    }
  | { readonly kind: 'ping' | 'pong'; readonly frame: Frame }
  | ({ readonly kind: 'close'; readonly frame: Frame } & CloseReason)
  /** The connection fails; whatever follows is not read. */
  | ({ readonly kind: 'fault' } & Fault);

/** A message of which some fragments are there. */
interface Unfinished {
  readonly opcode: number;
  readonly isCompressed: boolean;
  readonly utf8: Utf8Checker | null;
  readonly payloads: Uint8Array[];
  bytes: number;
}

/** A frame whose header is there and whose payload is coming. */
interface Incoming {
  readonly header: FrameHeader;
  readonly pieces: Uint8Array[];
  bytes: number;
}

export class FrameDecoder {
  readonly #options: DecoderOptions;
  readonly #head = new Uint8Array(LONGEST_HEADER);
  #headBytes = 0;
  #incoming: Incoming | null = null;
  #message: Unfinished | null = null;
  #hasEnded = false;

  constructor(options: DecoderOptions) {
    this.#options = options;
  }

  /** True after a close frame or a fault: nothing that comes later counts (RFC 6455 §5.5.1). */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether bytes of a frame are here that is not whole yet. */
  get isInsideFrame(): boolean {
    return this.#headBytes > 0 || this.#incoming !== null;
  }

  /** Takes the next bytes, cut anywhere, and gives what they complete, in order. */
  feed(chunk: Uint8Array): Decoded[] {
    const decoded: Decoded[] = [];
    let at = 0;
    while (at < chunk.length && !this.#hasEnded) {
      const incoming = this.#incoming;
      const wanted = incoming ? incoming.header.payloadBytes - incoming.bytes : 1;
      const piece = chunk.subarray(at, at + wanted);
      at += piece.length;
      const result = incoming ? this.#takePayload(incoming, piece) : this.#takeHeader(piece);
      if (result === null) continue;
      decoded.push(result);
      this.#hasEnded = result.kind === 'close' || result.kind === 'fault';
    }
    return decoded;
  }

  /** One more byte of a header. */
  #takeHeader(byte: Uint8Array): Decoded | null {
    this.#head.set(byte, this.#headBytes);
    this.#headBytes += 1;
    if (this.#headBytes < 2) return null;
    const [first, second] = this.#head as unknown as readonly [number, number];
    if (this.#headBytes === 2) {
      const { role, extension } = this.#options;
      const isDeflateAgreed = extension === 'permessage-deflate';
      const unfinished = this.#message?.opcode ?? null;
      const fault = headerFault(first, second, { role, isDeflateAgreed, unfinished });
      if (fault) return { kind: 'fault', ...fault };
    }
    return this.#headBytes < headerBytesOf(second) ? null : this.#begin();
  }

  /** The header is whole. */
  #begin(): Decoded | null {
    const fault = lengthFault(this.#head);
    if (fault) return { kind: 'fault', ...fault };
    const header = readFrameHeader(this.#head);
    this.#headBytes = 0;
    const before = isControl(header.opcode) ? 0 : (this.#message?.bytes ?? 0);
    const { maxFrameBytes, maxMessageBytes } = this.#options;
    if (header.payloadBytes > maxFrameBytes) return tooBig('The frame');
    if (before + header.payloadBytes > maxMessageBytes) return tooBig('The message');
    if (header.opcode === Opcode.Text || header.opcode === Opcode.Binary) {
      const isCompressed = (header.rsv & RSV1) !== 0;
      // Simplified: A compressed message is not inflated, and its text is not checked.
      const utf8 = header.opcode === Opcode.Text && !isCompressed ? new Utf8Checker() : null;
      this.#message = { opcode: header.opcode, isCompressed, utf8, payloads: [], bytes: 0 };
    }
    const incoming = { header, pieces: [], bytes: 0 };
    if (header.payloadBytes === 0) return this.#complete(incoming);
    this.#incoming = incoming;
    return null;
  }

  #takePayload(incoming: Incoming, piece: Uint8Array): Decoded | null {
    const { header, pieces } = incoming;
    const plain = Uint8Array.from(piece);
    if (header.maskKey) applyMask(plain, header.maskKey, incoming.bytes);
    pieces.push(plain);
    incoming.bytes += plain.length;
    const utf8 = isControl(header.opcode) ? null : this.#message?.utf8;
    if (utf8 && !utf8.push(plain)) return NOT_UTF8;
    return incoming.bytes < header.payloadBytes ? null : this.#complete(incoming);
  }

  /** The last byte of a frame is there. */
  #complete({ header, pieces }: Incoming): Decoded {
    this.#incoming = null;
    const { fin, rsv, opcode, maskKey } = header;
    const frame: Frame = { fin, rsv, opcode, maskKey, payload: joined(pieces) };
    if (opcode === Opcode.Ping) return { kind: 'ping', frame };
    if (opcode === Opcode.Pong) return { kind: 'pong', frame };
    if (opcode === Opcode.Close) {
      const reading = readClosePayload(frame.payload);
      return 'why' in reading
        ? { kind: 'fault', ...reading }
        : { kind: 'close', frame, ...reading };
    }
    return this.#extendMessage(frame);
  }

  #extendMessage(frame: Frame): Decoded {
    const message = this.#message;
    if (message === null) return { kind: 'fault', ...protocolError('There is no message.') };
    message.payloads.push(frame.payload);
    message.bytes += frame.payload.length;
    if (!frame.fin) return { kind: 'fragment', frame };
    this.#message = null;
    if (message.utf8?.isComplete === false) return NOT_UTF8;
    const { opcode, isCompressed } = message;
    const isText = opcode === Opcode.Text;
    return { kind: 'message', frame, isText, isCompressed, payload: joined(message.payloads) };
  }
}

const NOT_UTF8: Decoded = { kind: 'fault', code: 1007, why: 'A text is no UTF-8.' };

const tooBig = (what: string): Decoded => ({
  ...{ kind: 'fault', code: 1009 },
  why: `${what} is bigger than this end takes.`,
});

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
