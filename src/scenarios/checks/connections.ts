// Checks on connections: how many, how long, who stands at their ends, how they begin.
import type { ConnectionIndex } from '../../engine/index';
import { EntryKind } from '../../engine/index';
import { type Check, verdict } from './check';
import {
  atEnd,
  carriersOf,
  connectionsOf,
  entriesOf,
  firstArrivalPerSender,
  messagesOf,
  nodesOf,
  roleOf,
  type Transfer,
  transfersOf,
} from './reading';

/** All messages, of both people, travel on one and the same connection. */
export const usesASingleConnection: Check = (run, stage) => {
  const carriers = carriersOf(run, stage);
  const used = new Set(carriers.map(({ connection }) => connection));
  const isSingle = used.size === 1 && atEnd(run, stage).connections === 1;
  return verdict(isSingle, firstArrivalPerSender(run, stage));
};

/** Many messages on each connection, none of which closed; each had one handshake and no second. */
export const keepsItsConnections: Check = (run, stage) => {
  const carriers = carriersOf(run, stage);
  const used = new Set(carriers.map(({ connection }) => connection));
  const closed = entriesOf(run, stage, EntryKind.Closed);
  const opened = entriesOf(run, stage, EntryKind.Opened);
  const handshakes = opened.filter((seq) => run.index.trace.entries.value[seq] === 1);
  const keeps = closed.length === 0 && handshakes.length === used.size;
  return verdict(keeps && carriers.length >= MANY * used.size, handshakes);
};

/** From so many messages on, a connection has outlived its first use. */
const MANY = 10;

/** Some connection brings messages to the client and to the server alike. */
export const carriesBothWaysOnOneConnection: Check = (run, stage) => {
  const ways = waysPerConnection(carriersOf(run, stage).filter(({ endSeq }) => endSeq >= 0));
  const both = [...ways.values()].filter((senders) => senders.size > 1);
  const evidence = both.flatMap((senders) => [...senders.values()]);
  return verdict(both.length > 0, evidence);
};

/** Per connection: who sent messages on it, and where the first of each arrived. */
function waysPerConnection(
  carriers: readonly Transfer[],
): Map<ConnectionIndex, Map<number, number>> {
  const ways = new Map<ConnectionIndex, Map<number, number>>();
  for (const { connection, from, endSeq } of carriers) {
    const senders = ways.get(connection) ?? new Map<number, number>();
    if (!senders.has(from)) senders.set(from, endSeq);
    ways.set(connection, senders);
  }
  return ways;
}

/** Messages arrive although nothing on the stage can hold them: no log, nothing stored. */
export const storesNothing: Check = (run, stage) => {
  const { partitions } = run.index.trace.legend;
  const hasLog = partitions.some((partition) => partition.stage === stage);
  const hasBroker = nodesOf(run, stage).some(({ role }) => role === 'broker');
  const isEmpty = atEnd(run, stage).stored === 0;
  return verdict(!hasLog && !hasBroker && isEmpty, firstArrivalPerSender(run, stage));
};

/** Every message has the same server at one end of each connection that it takes. */
export const hasOneServer: Check = (run, stage) => {
  const servers = new Set(connectionsOf(run, stage).map(({ server }) => server));
  const carriers = carriersOf(run, stage);
  const touchesServer = carriers.every(({ from, to }) => servers.has(from) !== servers.has(to));
  return verdict(
    servers.size === 1 && touchesServer,
    carriers.map(({ startSeq }) => startSeq),
  );
};

/** Every message takes one connection, whose two ends are its sender and its reader. */
export const joinsSenderAndReader: Check = (run, stage) => {
  const messages = messagesOf(run, stage);
  const carriers = carriersOf(run, stage);
  const isDirect = carriers.every(
    ({ from, to }) => roleOf(run, from) === 'participant' && roleOf(run, to) === 'participant',
  );
  const travelsOnce = messages.length === carriers.length && atEnd(run, stage).hops === 1;
  return verdict(
    isDirect && travelsOnce,
    carriers.map(({ startSeq }) => startSeq),
  );
};

/** Each connection begins with one request and one answer of HTTP; afterwards none comes again. */
export const beginsAsHttp: Check = (run, stage) => {
  const transfers = transfersOf(run, stage).filter(({ type }) => type !== 'tcp');
  const connections = [...new Set(transfers.map(({ connection }) => connection))];
  const begins = connections.every((connection) => {
    const types = transfers.filter((one) => one.connection === connection).map(({ type }) => type);
    return types.slice(0, 2).join() === 'handshake,handshake' && !types.includes('handshake', 2);
  });
  const handshakes = transfers.filter(({ type }) => type === 'handshake');
  return verdict(
    begins && connections.length > 0,
    handshakes.map(({ startSeq }) => startSeq),
  );
};

/** Bytes that a short frame adds: 2, and 4 of masking key from the client (RFC 6455 §5.2, §5.3). */
const SERVER_FRAME_BYTES = 2;
const CLIENT_FRAME_BYTES = 6;
const LONGEST_SHORT_PAYLOAD = 125;

/** Every message goes as one short frame: 2 bytes from the server, 6 from the client. */
export const travelsInShortFrames: Check = (run, stage) => {
  const { connections } = run.index.trace.legend;
  const carriers = carriersOf(run, stage);
  const areFrames = carriers.every(({ connection, from, bytes, payloadBytes }) => {
    const isClient = connections[connection]?.client === from;
    const added = isClient ? CLIENT_FRAME_BYTES : SERVER_FRAME_BYTES;
    return payloadBytes <= LONGEST_SHORT_PAYLOAD && bytes === payloadBytes + added;
  });
  return verdict(
    areFrames,
    carriers.map(({ startSeq }) => startSeq),
  );
};
