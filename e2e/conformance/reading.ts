// What an end makes of bytes, in words that are the same for the engine's decoder, for the browser
// and for `ws`.

import { closeReply } from '../../src/engine/websocket/wire/closeFrame';
import { type Frame, isControl, Opcode } from '../../src/engine/websocket/wire/frame';
import { FrameDecoder } from '../../src/engine/websocket/wire/frameDecoder';
import { decodeUtf8 } from '../../src/engine/websocket/wire/utf8';
import type { Way } from './relay';

export interface Reading {
  /** What its application gets. */
  readonly messages: readonly string[];
  /** What it answers: `pong abc`, `close 1000`, `close` without a code. */
  readonly answers: readonly string[];
  /** What its application hears of the end; empty: the connection goes on. */
  readonly close: string;
}

/** The engine's reading of bytes that come one way. */
export function engineReading(way: Way, bytes: Uint8Array): Reading {
  const decoder = new FrameDecoder({
    role: way === 'up' ? 'server' : 'client',
    maxFrameBytes: Number.POSITIVE_INFINITY,
    maxMessageBytes: Number.POSITIVE_INFINITY,
    extension: 'none',
  });
  const messages: string[] = [];
  const answers: string[] = [];
  let close = '';
  for (const event of decoder.feed(bytes)) {
    if (event.kind === 'message') messages.push(payloadText(event.payload, event.isText));
    if (event.kind === 'ping') answers.push(`pong ${payloadText(event.frame.payload, true)}`);
    if (event.kind === 'close') {
      answers.push(closeText(closeReply(event).code));
      close = `close ${event.code ?? 1005}`;
    }
    if (event.kind === 'fault') {
      answers.push(closeText(event.code));
      close = 'close 1006';
    }
  }
  return { messages, answers, close };
}

const closeText = (code: number | null): string => (code === null ? 'close' : `close ${code}`);

/** A control frame as `answers` has it; data frames are none. */
export function answerText({ opcode, payload }: Frame): string[] {
  if (!isControl(opcode)) return [];
  if (opcode === Opcode.Pong) return [`pong ${payloadText(payload, true)}`];
  if (payload.length < 2) return ['close'];
  return [closeText(((payload[0] as number) << 8) | (payload[1] as number))];
}

export const payloadText = (payload: Uint8Array, isText: boolean): string =>
  isText ? decodeUtf8(payload) : `hex:${Buffer.from(payload).toString('hex')}`;
