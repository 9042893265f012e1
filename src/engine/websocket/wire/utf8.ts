// Text as bytes: UTF-8 (RFC 3629) written, read, and checked piece by piece as it comes.

/** Checks a text that comes in pieces, cut anywhere; says at once when it can no longer be valid. */
export class Utf8Checker {
  #missing = 0;
  /** Bounds of the next continuation byte: narrower after some lead bytes (RFC 3629 §4). */
  #low = 0x80;
  #high = 0xbf;

  /** False as soon as no valid text begins like this. */
  push(bytes: Uint8Array): boolean {
    for (const byte of bytes) if (!this.#accepts(byte)) return false;
    return true;
  }

  /** Whether a text may end here. */
  get isComplete(): boolean {
    return this.#missing === 0;
  }

  #accepts(byte: number): boolean {
    if (this.#missing > 0) {
      if (byte < this.#low || byte > this.#high) return false;
      this.#missing -= 1;
      this.#low = 0x80;
      this.#high = 0xbf;
      return true;
    }
    if (byte < 0x80) return true;
    // C0 and C1 would write ASCII in two bytes, F5 and more lies beyond U+10FFFF.
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.#missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    // Overlong forms, surrogates, and what lies beyond U+10FFFF.
    if (byte === 0xe0) this.#low = 0xa0;
    else if (byte === 0xed) this.#high = 0x9f;
    else if (byte === 0xf0) this.#low = 0x90;
    else if (byte === 0xf4) this.#high = 0x8f;
    return true;
  }
}

/** Whether these bytes are a text. */
export function isUtf8(bytes: Uint8Array): boolean {
  const checker = new Utf8Checker();
  return checker.push(bytes) && checker.isComplete;
}

const REPLACEMENT = 0xfffd;

/** A text as bytes; half a surrogate pair becomes U+FFFD, as in a browser's `send`. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const scalar = point >= 0xd800 && point <= 0xdfff ? REPLACEMENT : point;
    if (scalar < 0x80) bytes.push(scalar);
    else if (scalar < 0x800) bytes.push(0xc0 | (scalar >> 6), continuation(scalar));
    else if (scalar < 0x10000) {
      bytes.push(0xe0 | (scalar >> 12), continuation(scalar >> 6), continuation(scalar));
    } else {
      bytes.push(0xf0 | (scalar >> 18), continuation(scalar >> 12));
      bytes.push(continuation(scalar >> 6), continuation(scalar));
    }
  }
  return Uint8Array.from(bytes);
}

const continuation = (bits: number): number => 0x80 | (bits & 0x3f);

/**
 * Bytes as a text.
 * @throws Error when they are none: whoever receives a text checks it first.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new Error('Engine fault: bytes that are no UTF-8 were read as text.');
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number;
    const more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let point = more === 0 ? lead : lead & (0x3f >> more);
    for (const byte of bytes.subarray(at + 1, at + 1 + more)) point = (point << 6) | (byte & 0x3f);
    text += String.fromCodePoint(point);
    at += 1 + more;
  }
  return text;
}
