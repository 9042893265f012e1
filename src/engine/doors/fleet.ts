// The engine's door for WebSocket stages with several servers behind a balancer.

export { type BackplaneKind, type FleetScene, raiseFleet } from '../raiseFleet';
export { raiseKafka } from '../raiseKafka';
