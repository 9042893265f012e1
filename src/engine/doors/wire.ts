// The engine's door for those who look at bytes: what travelled on a WebSocket, rebuilt from a
// trace, and read bit by bit; the first view goes without.

export { CLOSE_CODE_NAMES, isLocalOnly } from '../websocket/wire/closeCodes';
export {
  describeFrame,
  type FrameField,
  type FrameFieldName,
} from '../websocket/wire/describeFrame';
export { frameBytes } from '../websocket/wire/frameBytes';
export { type HandshakeHalf, handshakeText } from '../websocket/wire/handshake/handshakeText';
