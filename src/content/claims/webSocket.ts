// Claims on WebSocket: its connection, what it keeps, and what it is good for.
import {
  beginsAsHttp,
  carriesBothWaysOnOneConnection,
  hasOneServer,
  joinsSenderAndReader,
  keepsItsConnections,
  storesNothing,
  travelsInShortFrames,
  usesASingleConnection,
} from '../../scenarios/checks/connections';
import { feelsImmediate, takesOnlyTheWay } from '../../scenarios/checks/latency';
import {
  forgetsWhatArrived,
  losesEverythingInARestart,
  missesWhatCameWhileAway,
} from '../../scenarios/checks/storage';
import { defineClaim } from './claim';

const stage = 'websocket';
const model = { document: 'comparison', place: '1. Communication Model, WebSocket' } as const;
const semantics = { document: 'comparison', place: '3. Message Semantics, WebSocket' } as const;
const section = { document: 'duplex', place: 'WebSocket' } as const;
const architecture = { document: 'duplex', place: 'WebSocket, Architecture' } as const;
/** The buffer that you write yourself, long enough for every absence of these scenes. */
const ownBuffer = { replayWindow: 60_000_000 };

const single = defineClaim({
  id: 'W-single',
  statement: 'One single connection carries everything that both people say.',
  source: model,
  scenario: 'both-talk',
  stage,
  check: usesASingleConnection,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote: 'One TCP connection. Over HTTP/2 several WebSockets can share one (RFC 8441).',
});

const longLived = defineClaim({
  id: 'W-long',
  statement: 'The connection stays: many messages, not one new handshake.',
  source: model,
  scenario: 'many-talk',
  stage,
  check: keepsItsConnections,
  failsIn: { scenario: 'tunnel' },
  footnote: 'Proxies cut idle connections after a minute or two; pings keep them alive.',
});

const bidirectional = defineClaim({
  id: 'W-bidir',
  statement: 'The same connection brings messages to the client and to the server.',
  source: model,
  scenario: 'both-talk',
  stage,
  check: carriesBothWaysOnOneConnection,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote: null,
});

const type = defineClaim({
  id: 'W-type',
  statement: 'WebSocket is a protocol: nothing in it stores anything.',
  source: { document: 'duplex', place: 'Summary, Type' },
  scenario: 'both-talk',
  stage,
  check: storesNothing,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote: 'Written down in RFC 6455: a handshake, frames, a closing handshake, no more.',
});

const clientServer = defineClaim({
  id: 'W-cs',
  statement: 'Every message has the server at one end.',
  source: architecture,
  scenario: 'both-talk',
  stage,
  check: hasOneServer,
  failsIn: {
    scenario: null,
    reason: 'Kafka’s connections have a client and a server too, so this tells nothing apart.',
  },
  footnote:
    'Two browsers cannot open a WebSocket to each other: a server stands between them. ' +
    'Kafka’s connections have clients and a server as well.',
});

const transient = defineClaim({
  id: 'W-transient',
  statement: 'A message that has arrived is gone: nobody can read it again.',
  source: semantics,
  scenario: 'both-talk',
  stage,
  check: forgetsWhatArrived,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote: null,
});

const immediate = defineClaim({
  id: 'W-immediate',
  statement: 'A message takes as long as its way, and nothing on top.',
  source: semantics,
  scenario: 'one-message',
  stage,
  check: takesOnlyTheWay,
  failsIn: { scenario: 'one-message', stage: 'kafka' },
  footnote: null,
});

const notDurable = defineClaim({
  id: 'W-nodur',
  statement: 'After a restart of the server, no earlier message can be had back.',
  source: architecture,
  scenario: 'durability',
  stage,
  check: losesEverythingInARestart,
  failsIn: { scenario: 'durability', stage: 'kafka' },
  footnote: 'Applications add buffers or a history; that is your own code, not the protocol.',
});

const misses = defineClaim({
  id: 'W-miss',
  statement: 'While you are disconnected, messages pass you by.',
  source: architecture,
  scenario: 'tunnel',
  stage,
  check: missesWhatCameWhileAway,
  failsIn: { scenario: 'tunnel', parameters: ownBuffer },
  footnote: 'Messages in flight at the cut can be lost as well, and a cut cable is noticed late.',
});

const oneToOne = defineClaim({
  id: 'W-1to1',
  statement: 'A connection joins one client and one server, with nobody in between.',
  source: { document: 'comparison', place: '4. Scale and Distribution, WebSocket' },
  scenario: 'both-talk',
  stage,
  check: joinsSenderAndReader,
  failsIn: { scenario: 'many-talk' },
  footnote: 'That describes a connection. A system joins many of them through its servers.',
});

const upgrade = defineClaim({
  id: 'W-upgrade',
  statement: 'Each connection starts with one HTTP request and one answer, then speaks WebSocket.',
  source: { document: 'duplex', place: 'WebSocket, Protocol' },
  scenario: 'both-talk',
  stage,
  check: beginsAsHttp,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote: 'That is GET and 101 of HTTP/1.1; over HTTP/2 it is an extended CONNECT without 101.',
});

const protocol = defineClaim({
  id: 'W-proto',
  statement: 'Each short message goes as one frame that adds 2 bytes, or 6 from the client.',
  source: { document: 'duplex', place: 'WebSocket, Protocol' },
  scenario: 'both-talk',
  stage,
  check: travelsInShortFrames,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote:
    'Up to 125 bytes of payload. The client masks what it sends, which takes 4 bytes; ' +
    'the cell shows the average of what both sides send.',
});

const realTimeUse = defineClaim({
  id: 'UC-W',
  statement: 'For a chat it is quick enough: nearly every word arrives within 100 ms.',
  source: { document: 'duplex', place: 'Summary, Use Case' },
  scenario: 'both-talk',
  stage,
  check: feelsImmediate,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote: 'Whoever wants to scroll back through a chat still needs a store behind it.',
});

const notifications = defineClaim({
  id: 'UC-W-notif',
  statement: 'A live notification reaches those who are there, and only them.',
  source: section,
  scenario: 'tunnel',
  stage,
  check: missesWhatCameWhileAway,
  failsIn: { scenario: 'tunnel', parameters: ownBuffer },
  footnote: 'For news in one direction only, server-sent events are enough.',
});

export const webSocketClaims = [
  single,
  longLived,
  bidirectional,
  type,
  clientServer,
  transient,
  immediate,
  notDurable,
  misses,
  oneToOne,
  upgrade,
  protocol,
  realTimeUse,
  notifications,
];
