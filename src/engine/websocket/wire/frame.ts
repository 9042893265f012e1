// One frame as fields and as bytes (RFC 6455 §5.2); whether it may come now is the decoder's
// business.

/** RFC 6455 §5.2; all other opcodes are reserved. */
export const Opcode = {
  Continuation: 0,
  Text: 1,
  Binary: 2,
  Close: 8,
  Ping: 9,
  Pong: 10,
} as const;
export type Opcode = (typeof Opcode)[keyof typeof Opcode];

/** Opcodes from here on are control frames: short, whole, and allowed between fragments (§5.5). */
export const isControl = (opcode: number): boolean => opcode >= 8;

/** Most bytes that a control frame may carry (RFC 6455 §5.5). */
export const CONTROL_PAYLOAD_LIMIT = 125;

export interface Frame {
  /** Whether it is the last of its message. */
  readonly fin: boolean;
  /** RSV1, RSV2 and RSV3 as a number of three bits; RSV1 is worth 4. */
  readonly rsv: number;
  /** 0–15. */
  readonly opcode: number;
  /** Four bytes; null: not masked. */
  readonly maskKey: Uint8Array | null;
  /** As the application sees it, unmasked. */
  readonly payload: Uint8Array;
}

/** RSV1: the first frame of a compressed message bears it (RFC 7692 §6). */
export const RSV1 = 4;

/**
 * Bytes around a payload in one unfragmented frame (RFC 6455 §5.2); only the client masks (§5.3).
 */
export function frameHeaderBytes(payloadBytes: number, isMasked: boolean): number {
  return 2 + extendedLengthBytes(payloadBytes) + (isMasked ? 4 : 0);
}

/** How many bytes a length takes beside the seven bits that every header has: 0, 2 or 8. */
function extendedLengthBytes(payloadBytes: number): number {
  return payloadBytes <= 125 ? 0 : payloadBytes <= 0xffff ? 2 : 8;
}

/** The frame as it travels. */
export function encodeFrame({ fin, rsv, opcode, maskKey, payload }: Frame): Uint8Array {
  const { length } = payload;
  const header = frameHeaderBytes(length, maskKey !== null);
  const bytes = new Uint8Array(header + length);
  bytes[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const extended = extendedLengthBytes(length);
  bytes[1] = (maskKey ? 0x80 : 0) | (extended === 0 ? length : extended === 2 ? 126 : 127);
  let rest = length;
  for (let place = 1 + extended; place > 1; place -= 1) {
    bytes[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(payload, header);
  if (maskKey) {
    bytes.set(maskKey, header - 4);
    applyMask(bytes.subarray(header), maskKey, 0);
  }
  return bytes;
}

/** Masks or unmasks in place; `offset`: how far into the payload the bytes begin (§5.3). */
export function applyMask(bytes: Uint8Array, maskKey: Uint8Array, offset: number): void {
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = (bytes[index] as number) ^ (maskKey[(offset + index) & 3] as number);
  }
}
