// The engine's door to bare lines between two people, without WebSocket and Kafka.

export { CHANNEL_RAISERS } from '../raiseChannel';
