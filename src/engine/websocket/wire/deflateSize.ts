// How many bytes permessage-deflate leaves of a message; compresses nothing.

// Simplified: permessage-deflate is an estimate of size: text shrinks to two fifths and seven
// bytes,
// and never grows by more than two.
/**
 * Bytes of a message's payload as it travels compressed. An empty one takes one byte (RFC 7692
 * §7.2.3.6), `Hello` seven (§7.2.3.1).
 */
export function deflatedBytes(payloadBytes: number): number {
  if (payloadBytes === 0) return 1;
  return Math.min(payloadBytes + 2, 7 + Math.ceil((payloadBytes * 2) / 5));
}
