// A record batch field by field, as an inspector shows it; reads bytes alone, and judges them only
// by their checksum.

import { crc32c } from './crc32c';

/** One field of a batch, in the order of the bytes. */
export interface BatchField {
  readonly name: string;
  /** Where it begins, in bytes from the start of the batch. */
  readonly at: number;
  readonly bytes: number;
  /** What stands there, in pairs of hexadecimal digits. */
  readonly hex: string;
  /** What it says, in plain words. */
  readonly meaning: string;
}

/** A record's fields, and where it stands. */
export interface RecordFields {
  readonly at: number;
  readonly bytes: number;
  readonly fields: readonly BatchField[];
}

export interface BatchDescription {
  readonly header: readonly BatchField[];
  readonly records: readonly RecordFields[];
}

interface HeaderField {
  readonly name: string;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly says: (value: number, batch: Uint8Array) => string;
}

const plain = (value: number): string => String(value);
const unlessNone = (says: string) => (value: number) => (value < 0 ? says : String(value));
const NOT_NUMBERED = 'none: the producer is not idempotent';

/** Kafka 4.3, DefaultRecordBatch; 61 bytes. */
const HEADER: readonly HeaderField[] = [
  { name: 'Base offset', bytes: 8, says: plain },
  { name: 'Batch length', bytes: 4, says: (value) => `${value} bytes follow` },
  {
    name: 'Leader epoch',
    bytes: 4,
    says: unlessNone('not yet known; the leader writes it'),
  },
  { name: 'Magic', bytes: 1, says: (value) => `format version ${value}` },
  { name: 'CRC-32C', bytes: 4, says: crcMeaning },
  { name: 'Attributes', bytes: 2, says: attributesMeaning },
  { name: 'Last offset delta', bytes: 4, says: plain },
  { name: 'First timestamp', bytes: 8, says: (value) => `${value} ms` },
  { name: 'Max timestamp', bytes: 8, says: (value) => `${value} ms` },
  { name: 'Producer id', bytes: 8, says: unlessNone(NOT_NUMBERED) },
  { name: 'Producer epoch', bytes: 2, says: unlessNone('none') },
  { name: 'Base sequence', bytes: 4, says: unlessNone('none') },
  { name: 'Record count', bytes: 4, says: plain },
];

/** What comes before the bytes that the checksum is about. */
const UNSUMMED_BYTES = 21;
const TRANSACTIONAL_BIT = 0x10;
const CONTROL_BIT = 0x20;

function crcMeaning(value: number, batch: Uint8Array): string {
  const isRight = value >>> 0 === crc32c(batch.subarray(UNSUMMED_BYTES));
  return isRight ? 'fits the bytes after it' : 'does not fit the bytes after it';
}

function attributesMeaning(value: number): string {
  const ends = value & CONTROL_BIT ? 'it ends a transaction' : '';
  const belongs = value & TRANSACTIONAL_BIT ? 'in a transaction' : '';
  return ['not compressed', belongs, ends].filter(Boolean).join(', ');
}

export function describeBatch(batch: Uint8Array): BatchDescription {
  const reader = new FieldReader(batch);
  const header = HEADER.map(({ name, bytes, says }) =>
    reader.number(name, bytes, (value) => says(value, batch)),
  );
  const isControl = header.some(
    ({ name, meaning }) => name === 'Attributes' && meaning.includes('ends'),
  );
  const records: RecordFields[] = [];
  while (reader.at < batch.length) records.push(reader.record(isControl));
  return { header, records };
}

class FieldReader {
  at = 0;
  readonly #batch: Uint8Array;
  readonly #view: DataView;

  constructor(batch: Uint8Array) {
    this.#batch = batch;
    this.#view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  }

  number(name: string, bytes: 1 | 2 | 4 | 8, says: (value: number) => string): BatchField {
    const value = this.#signed(bytes);
    return this.#field(name, bytes, says(value));
  }

  record(isControl: boolean): RecordFields {
    const start = this.at;
    const fields = [
      this.#varint('Length', (value) => `${value} bytes follow`),
      this.number('Attributes', 1, () => 'none are in use'),
      this.#varint('Timestamp delta', (value) => `${value} ms after the first`),
      this.#varint('Offset delta', (value) => `${value} after the base offset`),
      ...this.#counted('Key', isControl ? markerKey : asText),
      ...this.#counted('Value', isControl ? markerValue : asText),
      this.#varint('Header count', plain),
    ];
    return { at: start, bytes: this.at - start, fields };
  }

  #counted(name: string, says: (bytes: Uint8Array) => string): BatchField[] {
    const none = name === 'Key' ? 'no key' : 'null: the key is to be forgotten';
    const length = this.#varint(`${name} length`, (value) => (value < 0 ? none : `${value} bytes`));
    const bytes = this.#varintAt(length.at).value;
    if (bytes < 0) return [length];
    const content = this.#batch.subarray(this.at, this.at + bytes);
    return [length, this.#field(name, bytes, says(content))];
  }

  #varint(name: string, says: (value: number) => string): BatchField {
    const { value, bytes } = this.#varintAt(this.at);
    return this.#field(name, bytes, says(value));
  }

  #varintAt(at: number): { value: number; bytes: number } {
    let bytes = 0;
    let whole = 0;
    let unit = 1;
    let byte = 0x80;
    while (byte >= 0x80) {
      byte = this.#batch[at + bytes] ?? 0;
      whole += (byte & 0x7f) * unit;
      unit *= 128;
      bytes += 1;
    }
    return { value: whole % 2 === 0 ? whole / 2 : -(whole + 1) / 2, bytes };
  }

  #signed(bytes: 1 | 2 | 4 | 8): number {
    if (bytes === 1) return this.#view.getInt8(this.at);
    if (bytes === 2) return this.#view.getInt16(this.at);
    return bytes === 4 ? this.#view.getInt32(this.at) : Number(this.#view.getBigInt64(this.at));
  }

  #field(name: string, bytes: number, meaning: string): BatchField {
    const { at } = this;
    this.at += bytes;
    return { name, at, bytes, hex: hexText(this.#batch.subarray(at, at + bytes)), meaning };
  }
}

/** Texts are UTF-8. */
const asText = (bytes: Uint8Array): string =>
  decodeURIComponent([...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
/** Version 2, type 2: 0 aborts, 1 commits. */
const markerKey = (bytes: Uint8Array): string => (bytes[3] === 1 ? 'commits' : 'aborts');
const markerValue = (): string => 'version, and the coordinator’s epoch';

const hexText = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
