// The engine's second door: what only scenes with groups or transactions need, so that the first
// view does not carry it.

export { GROUP_PROTOCOLS } from './kafka/group/groupProtocols';
