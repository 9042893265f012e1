// The engine's door for those who look at bytes: what travelled on a WebSocket or by HTTP, rebuilt
// from a trace, and frames read bit by bit; the first view goes without.

import { exchangeText } from '../http/exchangeText';
import { type TravellingBatch, travellingBatches } from '../kafka/wire/bytes/travellingBatches';
import type { MessageIndex, Trace, TransferIndex } from '../trace/trace';
import { messagePayload } from '../websocket/wire/frameBytes';

export {
  type BatchDescription,
  type BatchField,
  describeBatch,
  type RecordFields,
} from '../kafka/wire/bytes/describeBatch';
export type { TravellingBatch } from '../kafka/wire/bytes/travellingBatches';
export {
  describeFrame,
  type FrameField,
  type FrameFieldName,
} from '../websocket/wire/describeFrame';
export { frameBytes } from '../websocket/wire/frameBytes';
export { type HandshakeHalf, handshakeText } from '../websocket/wire/handshake/handshakeText';

/** The request or response of HTTP that a transfer was, as text; null: it was none. */
export const httpText = (trace: Trace, transfer: TransferIndex): string | null =>
  exchangeText(trace, transfer, payloadText);

/** The record batches that a transfer took along, byte for byte; empty: it had none. */
export const recordBatches = (trace: Trace, transfer: TransferIndex): TravellingBatch[] =>
  travellingBatches(trace, transfer, messagePayload);

/** The same words as in a frame, in ASCII. */
const payloadText = (trace: Trace, message: MessageIndex): string =>
  String.fromCharCode(...messagePayload(trace, message));
