// A frame in words, so that two of them can be compared but for their masks.

import { type Frame, Opcode } from '../../src/engine/websocket/wire/frame';
import { payloadText } from './reading';

const OPCODE_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(Opcode).map(([name, code]) => [code, name.toLowerCase()]),
);

/** A frame but for its mask: `text Ana 0 …`, `close 03e8`. */
export function frameText({ fin, rsv, opcode, maskKey, payload }: Frame): string {
  const flags = [fin ? '' : 'unfinished', rsv === 0 ? '' : `rsv ${rsv}`, maskKey ? 'masked' : ''];
  const name = OPCODE_NAMES.get(opcode) ?? String(opcode);
  const isText = opcode === Opcode.Text && rsv === 0;
  return [name, ...flags.filter((flag) => flag !== ''), payloadText(payload, isText)].join(' ');
}
