// How many bytes a frame's header takes; encodes nothing yet.

/**
 * Bytes around a payload in one unfragmented frame (RFC 6455 §5.2); only the client masks (§5.3).
 */
export function frameHeaderBytes(payloadBytes: number, isMasked: boolean): number {
  const lengthBytes = payloadBytes <= 125 ? 0 : payloadBytes <= 0xffff ? 2 : 8;
  return 2 + lengthBytes + (isMasked ? 4 : 0);
}
