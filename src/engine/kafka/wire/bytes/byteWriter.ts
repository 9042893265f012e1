// Bytes written one after the other as Kafka writes numbers: big end first, varints zigzag.

const LOW_BITS = 0x7f;
const MORE = 0x80;

export class ByteWriter {
  readonly #bytes: number[] = [];

  /** A signed number of 1, 2, 4 or 8 bytes. */
  int(value: number, length: 1 | 2 | 4 | 8): this {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigInt64(0, BigInt(value));
    for (let at = 8 - length; at < 8; at += 1) this.#bytes.push(view.getUint8(at));
    return this;
  }

  /** A signed number of as many bytes as it needs, seven bits each, the lowest first. */
  varint(value: number): this {
    let rest = value < 0 ? -2 * value - 1 : 2 * value;
    while (rest > LOW_BITS) {
      this.#bytes.push((rest % MORE) | MORE);
      rest = Math.floor(rest / MORE);
    }
    this.#bytes.push(rest);
    return this;
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  /** Bytes behind their length; null: behind -1. */
  counted(bytes: Uint8Array | null): this {
    return bytes === null ? this.varint(-1) : this.varint(bytes.length).raw(bytes);
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
