// Claims on talking both ways: the definition, and how the two technologies stand to it.
import {
  bothDirectionsAtOnce,
  bothDirectionsNearlyAlways,
  interruptsSooner,
  oneDirectionAtATime,
  sendsAndGetsInTurns,
  sendsWithoutWaiting,
  startsOnlyWhenTheOtherIsDone,
} from '../../scenarios/checks/duplex';
import {
  answersByASendOfItsOwn,
  hearsOnlyTheBroker,
  readsOnlyWhatIsSafe,
  readsOnlyWhatIsWritten,
} from '../../scenarios/checks/logReading';
import { defineClaim } from './claim';

const definition = { document: 'duplex', place: 'Duplex Communication' } as const;
const kafkaDuplex = { document: 'duplex', place: 'Kafka, Half-Duplex' } as const;
const webSocketDuplex = { document: 'duplex', place: 'WebSocket, Full-Duplex' } as const;

const halfDuplex = defineClaim({
  id: 'DX-half',
  statement: 'On a half-duplex line words go both ways, but never at the same time.',
  source: definition,
  scenario: 'bare-channel',
  stage: 'half-duplex',
  check: oneDirectionAtATime,
  failsIn: { scenario: 'bare-channel', stage: 'full-duplex' },
  footnote: 'Real media settle differently who may talk; here the first to begin goes first.',
});

const halfDuplexWaits = defineClaim({
  id: 'DX-half-wait',
  statement: 'One side must finish before the other can answer.',
  source: definition,
  scenario: 'bare-channel',
  stage: 'half-duplex',
  check: startsOnlyWhenTheOtherIsDone,
  failsIn: { scenario: 'bare-channel', stage: 'full-duplex' },
  footnote: null,
});

const fullDuplex = defineClaim({
  id: 'DX-full',
  statement: 'On a full-duplex line words go both ways at the same time.',
  source: definition,
  scenario: 'bare-channel',
  stage: 'full-duplex',
  check: bothDirectionsAtOnce,
  failsIn: { scenario: 'bare-channel', stage: 'half-duplex' },
  footnote: null,
});

const fullDuplexInTime = defineClaim({
  id: 'DX-full-rt',
  statement: 'On a full-duplex line a word gets in sooner, for nobody has to finish first.',
  source: definition,
  scenario: 'interrupt',
  stage: 'full-duplex',
  check: interruptsSooner,
  failsIn: { scenario: 'interrupt', stage: 'half-duplex' },
  footnote: null,
});

const kafkaInTurns = defineClaim({
  id: 'DX-K-half',
  statement: 'In the usual loop over Kafka, people send and get in turns.',
  source: kafkaDuplex,
  scenario: 'both-talk',
  stage: 'kafka',
  check: sendsAndGetsInTurns,
  failsIn: { scenario: 'both-talk', parameters: { mode: 'threads' } },
  footnote:
    'Of the usual loop, not of the cable: send, wait for the ack, then poll. ' +
    'With two threads and two topics Ana and Ben do overlap, most of the time when they talk a lot. ' +
    'TCP under Kafka carries bytes both ways at once; each connection still takes ' +
    'records one way only.',
});

const kafkaNotSimultaneous = defineClaim({
  id: 'DX-K-notsim',
  statement: 'A message is written first and read afterwards, never both at once.',
  source: kafkaDuplex,
  scenario: 'one-message',
  stage: 'kafka',
  check: readsOnlyWhatIsWritten,
  failsIn: { scenario: 'one-message', stage: 'websocket' },
  footnote:
    'True of one message. In a busy cluster different messages are written and read ' +
    'in the same instant, for producers and consumers do not take turns.',
});

const kafkaOrder = defineClaim({
  id: 'DX-K-order',
  statement: 'Producers send, then consumers read, and only what has been copied safely.',
  source: { document: 'duplex', place: 'Summary, Communication Flow' },
  scenario: 'one-message',
  stage: 'kafka',
  check: readsOnlyWhatIsSafe,
  failsIn: { scenario: 'one-message', stage: 'websocket' },
  footnote: 'Readers see a record once it lies below the high watermark, whatever acks was asked.',
});

const kafkaNoWayBack = defineClaim({
  id: 'DX-K-noback',
  statement: 'Whoever sends over Kafka hears back from the broker only, not from the reader.',
  source: kafkaDuplex,
  scenario: 'one-message',
  stage: 'kafka',
  check: hearsOnlyTheBroker,
  failsIn: { scenario: 'one-message', stage: 'websocket' },
  footnote: 'An ack says that the record is stored, not that anyone has read it.',
});

const kafkaSeparateAnswer = defineClaim({
  id: 'DX-K-separate',
  statement: 'An answer over Kafka is a new message with a way of its own through a log.',
  source: kafkaDuplex,
  scenario: 'request-reply',
  stage: 'kafka',
  check: answersByASendOfItsOwn,
  failsIn: { scenario: 'request-reply', stage: 'websocket' },
  footnote: 'Such answers carry a correlation id and usually travel on a topic of their own.',
});

const webSocketFull = defineClaim({
  id: 'DX-W-full',
  statement: 'Over one WebSocket connection both people talk at the same time.',
  source: webSocketDuplex,
  scenario: 'both-talk',
  stage: 'websocket',
  check: bothDirectionsNearlyAlways,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote:
    'Within one direction frames follow each other: a huge message holds up those behind it. ' +
    'The opening handshake is still a request and a response.',
});

const webSocketNoWait = defineClaim({
  id: 'DX-W-nowait',
  statement: 'Over WebSocket nobody waits with sending because the other is talking.',
  source: webSocketDuplex,
  scenario: 'both-talk',
  stage: 'websocket',
  check: sendsWithoutWaiting,
  failsIn: { scenario: 'both-talk', stage: 'kafka' },
  footnote: 'The connection never waits; a program that blocks while it receives still does.',
});

const webSocketInstant = defineClaim({
  id: 'DX-W-instant',
  statement: 'A first word gets through sooner over WebSocket than over Kafka.',
  source: webSocketDuplex,
  scenario: 'interrupt',
  stage: 'websocket',
  check: interruptsSooner,
  failsIn: { scenario: 'interrupt', stage: 'kafka' },
  footnote: null,
});

export const duplexClaims = [
  halfDuplex,
  halfDuplexWaits,
  fullDuplex,
  fullDuplexInTime,
  kafkaInTurns,
  kafkaNotSimultaneous,
  kafkaOrder,
  kafkaNoWayBack,
  kafkaSeparateAnswer,
  webSocketFull,
  webSocketNoWait,
  webSocketInstant,
];
