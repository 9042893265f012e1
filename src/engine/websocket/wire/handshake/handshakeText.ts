// Opening handshakes of a finished run, word for word, rebuilt from what the trace keeps of them.

import { createRandomStream } from '../../../kernel/random';
import { TRANSFER_TYPES } from '../../../trace/entryKinds';
import type { ConnectionIndex, Trace, TransferIndex } from '../../../trace/trace';
import { handshakeKey } from './acceptKey';
import { handshakeTexts } from './negotiate';
import { PLAIN_TERMS } from './openingHandshake';

/** One half of a handshake. */
export interface HandshakeHalf {
  readonly transfer: TransferIndex;
  readonly part: 'request' | 'response';
  readonly text: string;
  /** Why the client does not take a response; null: it does, or this is a request. */
  readonly fault: string | null;
}

/**
 * Every request and response of a connection in the order in which they left: one pair for each
 * time that it was opened, and a request alone where no answer came.
 */
export function handshakeText(trace: Trace, connection: ConnectionIndex): HandshakeHalf[] {
  const { transfers, legend } = trace;
  const route = legend.connections[connection];
  if (route?.purpose !== 'websocket') return [];
  const host = legend.nodes[route.server]?.id ?? '';
  const halves: HandshakeHalf[] = [];
  let key = '';
  for (let transfer = 0; transfer < transfers.count; transfer += 1) {
    if (transfers.connection[transfer] !== connection) continue;
    if (TRANSFER_TYPES[transfers.type[transfer] as number] !== 'handshake') continue;
    const isRequest = transfers.from[transfer] === route.client;
    if (isRequest) {
      key = handshakeKey(createRandomStream(trace.seed, `handshake key ${transfer}`));
    }
    const texts = handshakeTexts(host, route.handshake ?? PLAIN_TERMS, key);
    halves.push(
      isRequest
        ? { transfer, part: 'request', text: texts.request, fault: null }
        : { transfer, part: 'response', text: texts.response, fault: texts.fault },
    );
  }
  return halves;
}
