// The engine's door for those who look at bytes: what travelled on a WebSocket or by HTTP, rebuilt
// from a trace, and frames read bit by bit; the first view goes without.

import { exchangeText } from '../http/exchangeText';
import type { MessageIndex, Trace, TransferIndex } from '../trace/trace';
import { messagePayload } from '../websocket/wire/frameBytes';

export { CLOSE_CODE_NAMES, isLocalOnly } from '../websocket/wire/closeCodes';
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

/** The same words as in a frame, in ASCII. */
const payloadText = (trace: Trace, message: MessageIndex): string =>
  String.fromCharCode(...messagePayload(trace, message));
