// Which partition a key belongs to; records without a key are not its business.

const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;
const SHIFT = 24;
const WORD_BYTES = 4;

/** Kafka's 32-bit MurmurHash2 (`Utils.murmur2`), as a signed number. */
export function murmur2(bytes: Uint8Array): number {
  const whole = bytes.length - (bytes.length % WORD_BYTES);
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < whole; at += WORD_BYTES) {
    const word = Math.imul(littleEndian(bytes.subarray(at, at + WORD_BYTES)), MULTIPLIER);
    const mixed = Math.imul(word ^ (word >>> SHIFT), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ mixed;
  }
  if (whole < bytes.length) {
    hash = Math.imul(hash ^ littleEndian(bytes.subarray(whole)), MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

/** Up to four bytes as one number, the first byte lowest. */
function littleEndian(bytes: Uint8Array): number {
  return bytes.reduce((word, byte, index) => word | (byte << (8 * index)), 0);
}

/** Masks the sign away (`Utils.toPositive`); unlike an absolute value it also does so for −2³¹. */
export const toPositive = (hash: number): number => hash & 0x7fffffff;

/**
 * The partition of a record with this serialised key. It counts all partitions of the topic, those
 * without a leader too, so that a key stays where it is while a broker is down.
 */
export const partitionForKey = (keyBytes: Uint8Array, partitionCount: number): number =>
  toPositive(murmur2(keyBytes)) % partitionCount;

const QUESTION_MARK = 0x3f;

/** UTF-8 as Kafka's StringSerializer writes it: half a surrogate pair becomes a question mark. */
export function utf8Bytes(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from(text).flatMap((character) => encode(character.codePointAt(0) as number)),
  );
}

function encode(codePoint: number): number[] {
  if (codePoint < 0x80) return [codePoint];
  if (codePoint >= 0xd800 && codePoint < 0xe000) return [QUESTION_MARK];
  const tail = [0x80 | (codePoint & 0x3f)];
  if (codePoint < 0x800) return [0xc0 | (codePoint >> 6), ...tail];
  tail.unshift(0x80 | ((codePoint >> 6) & 0x3f));
  if (codePoint < 0x10000) return [0xe0 | (codePoint >> 12), ...tail];
  tail.unshift(0x80 | ((codePoint >> 12) & 0x3f));
  return [0xf0 | (codePoint >> 18), ...tail];
}
