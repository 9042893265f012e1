// A frame cut into the cells of its picture: bits of the first two bytes, then groups of bytes.

import type { FrameField } from '../../engine/doors/wire';
import { plural } from '../numberText';

export interface BitField {
  readonly name: string;
  /** What stands above it. */
  readonly text: string;
  readonly bits: readonly string[];
  /** Neighbours alternate. */
  readonly isStressed: boolean;
}

export interface ByteGroup {
  readonly kind: 'length' | 'key' | 'payload';
  readonly text: string;
  /** Hexadecimal; the last one says how many more there are. */
  readonly cells: readonly string[];
}

/** Bytes of one group that are drawn. */
export const MOST_BYTES = 64;

const OPCODES: ReadonlyMap<string, string> = new Map([
  ['0', 'continue'],
  ['1', 'text'],
  ['2', 'binary'],
  ['8', 'close'],
  ['9', 'ping'],
  ['10', 'pong'],
]);

/** The fields of the first two bytes, RSV1 to RSV3 as one. */
export function headBits(fields: readonly FrameField[], bytes: Uint8Array): BitField[][] {
  const value = (name: string): string => fields.find((field) => field.name === name)?.value ?? '';
  const bit = (at: number): string => String(((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
  const field = (name: string, at: number, width: number): Omit<BitField, 'text'> => ({
    ...{ name, isStressed: STRESSED.has(name) },
    bits: Array.from({ length: width }, (_, place) => bit(at + place)),
  });
  const opcode = OPCODES.get(value('opcode')) ?? 'reserved';
  return [
    [
      { ...field('FIN', 0, 1), text: 'FIN' },
      { ...field('RSV', 1, 3), text: 'RSV 1–3' },
      { ...field('opcode', 4, 4), text: `opcode: ${opcode}` },
    ],
    [
      { ...field('MASK', 8, 1), text: 'MASK' },
      { ...field('length', 9, 7), text: `length: ${value('length')}` },
    ],
  ];
}

const STRESSED: ReadonlySet<string> = new Set(['FIN', 'opcode', 'length']);

/** What follows the first two bytes. */
export function byteGroups(bytes: Uint8Array, fields: readonly FrameField[]): ByteGroup[] {
  const isMasked = fields.some(({ name }) => name === 'mask key');
  return fields.flatMap(({ name, at, bits, value, meaning }): ByteGroup[] => {
    const count = bits / 8;
    const cells = cellsOf(bytes.subarray(at / 8, at / 8 + count));
    if (name === 'extended length') {
      return [{ kind: 'length', text: `length: ${value}, in ${plural(count, 'byte')}`, cells }];
    }
    if (name === 'mask key') return [{ kind: 'key', text: 'masking key, 4 bytes', cells }];
    if (name !== 'payload' || count === 0) return [];
    const says = `payload, ${plural(count, 'byte')}: “${spoken(meaning)}”`;
    return [{ kind: 'payload', text: isMasked ? `${says}, masked` : says, cells }];
  });
}

/** Without the dots that fill it up, and not too long. */
export function spoken(text: string): string {
  const words = text.replace(/\.{3,}$/, '…');
  return words.length > 48 ? `${words.slice(0, 47)}…` : words;
}

function cellsOf(bytes: Uint8Array): string[] {
  const shown = bytes.length > MOST_BYTES ? MOST_BYTES - 2 : bytes.length;
  const cells = [...bytes.subarray(0, shown)].map((byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  );
  return shown < bytes.length ? [...cells, `+${bytes.length - shown}`] : cells;
}
