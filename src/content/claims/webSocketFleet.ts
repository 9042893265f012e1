// Claims on many connections and several servers.
import {
  holdsManyConnections,
  reachesOneServerAlone,
  sharesItsConnections,
  wantsACopyForEachServer,
} from '../../scenarios/checks/fleet';
import { defineClaim } from './claim';

const stage = 'websocket';
const scenario = 'scale-sockets';
const section = { document: 'duplex', place: 'WebSocket' } as const;
const scale = { document: 'comparison', place: '4. Scale and Distribution, WebSocket' } as const;

const many = defineClaim({
  id: 'W-many',
  statement: 'One server holds many connections at once.',
  source: section,
  scenario,
  stage,
  check: holdsManyConnections,
  failsIn: { scenario, parameters: { connectionsPerServer: 2 } },
  footnote: 'Not 65,535 for each server: file descriptors and memory set the limit.',
});

const state = defineClaim({
  id: 'W-state',
  statement: 'With several servers, a message reaches the clients of one, unless they share more.',
  source: section,
  scenario,
  stage,
  check: reachesOneServerAlone,
  failsIn: { scenario, parameters: { backplane: 'pubsub' } },
  footnote:
    'A backplane brings it to all. Sticky sessions are for HTTP long polling: an open WebSocket ' +
    'stays on its server anyway.',
});

const horizontal = defineClaim({
  id: 'W-horiz',
  statement: 'More servers hold more connections.',
  source: scale,
  scenario,
  stage,
  check: sharesItsConnections,
  failsIn: { scenario, parameters: { servers: 1 } },
  footnote: null,
});

const limit = defineClaim({
  id: 'W-limit',
  statement: 'In very large systems every further server needs a copy of every message.',
  source: scale,
  scenario,
  stage,
  check: wantsACopyForEachServer,
  failsIn: { scenario, parameters: { servers: 1 } },
  footnote: 'Large fleets of WebSocket servers exist; the price is in running them.',
});

export const webSocketFleetClaims = [many, state, horizontal, limit];
