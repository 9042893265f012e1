// The engine's door for scenes whose WebSocket connections have a life of their own: heartbeats,
// closing handshakes, buffers, reconnections; the first view goes without.

export { raiseSockets } from '../raiseSockets';
