// Checks on systems of several parts: what reaches the ends of a pipeline, who is joined to whom.
import type { EntrySeq, NodeIndex, StageId } from '../../engine/index';
import { EntryKind } from '../../engine/index';
import type { Run } from '../runScenario';
import { type Check, verdict } from './check';
import {
  connectionsOf,
  entriesOf,
  type Message,
  messagesOf,
  nodesOf,
  otherStage,
  roleOf,
  transfersOf,
} from './reading';

/** All that the source said has reached two sinks or more, passed on by what is in between. */
export const everySinkIsComplete: Check = (run, stage) => {
  const messages = messagesOf(run, stage);
  const passedOn = messages.filter(({ replyTo }) => replyTo >= 0);
  const sinks = [...new Set(passedOn.flatMap(({ readers }) => readers))];
  const said = messages.filter(({ replyTo }) => replyTo < 0);
  const reached = said.map(({ index }) => {
    const copies = passedOn.filter(({ replyTo }) => replyTo === index);
    return sinks.map((sink) => firstArrival(run, copies, sink));
  });
  const evidence = reached.flat().filter((seq) => seq !== undefined);
  const isComplete = evidence.length === said.length * sinks.length;
  return verdict(sinks.length > 1 && isComplete, evidence);
};

function firstArrival(run: Run, copies: readonly Message[], sink: NodeIndex) {
  const { entries } = run.index.trace;
  const arrivals = copies.flatMap(({ deliveries }) => deliveries);
  return arrivals.find((seq) => entries.node[seq] === sink);
}

/**
 * Someone comes while the others are at work and gets all that is said on its topics, from the
 * first word on; nobody else opens a connection for that, and none joins two people.
 */
export const newcomerNeedsNobody: Check = (run, stage) => {
  const [joined] = entriesOf(run, stage, EntryKind.Joined);
  if (joined === undefined) return verdict(false, []);
  const { entries } = run.index.trace;
  const newcomer = entries.node[joined] ?? -1;
  const connections = run.index.trace.legend.connections;
  const opened = entriesOf(run, stage, EntryKind.Opened)
    .filter((seq) => seq > joined)
    .filter((seq) => connections[entries.place[seq] ?? -1]?.client !== newcomer);
  const gets = entriesOf(run, stage, EntryKind.Delivered).filter(
    (seq) => entries.node[seq] === newcomer,
  );
  const toldTo = messagesOf(run, stage).filter(({ replyTo }) => replyTo >= 0);
  const missesNothing = toldTo.length > 0 && gets.length === toldTo.length;
  const needsNobody = opened.length === 0 && pairsOf(run, stage).length === 0;
  return verdict(missesNothing && needsNobody, [joined, ...gets]);
};

/** Pairs of people that a connection joins. */
function pairsOf(run: Run, stage: StageId): string[] {
  const pairs = connectionsOf(run, stage)
    .filter(({ client, server }) => [client, server].every((node) => isPerson(run, node)))
    .map(({ client, server }) => [client, server].sort((one, other) => one - other).join());
  return [...new Set(pairs)];
}

const isPerson = (run: Run, node: NodeIndex): boolean => roleOf(run, node) === 'participant';

/**
 * Everyone has lines to a hub alone, as many as there are services, where the other stage joins
 * each to each.
 */
export const hubReplacesPairs: Check = (run, stage) => {
  const services = nodesOf(run, stage).filter(({ role }) => role === 'participant').length;
  const there = otherStage(stage);
  const elsewhere = run.scenario.stages.includes(there) ? pairsOf(run, there).length : 0;
  const pairs = (services * (services - 1)) / 2;
  const isHub = pairsOf(run, stage).length === 0 && linesOf(run, stage) === services;
  return verdict(isHub && elsewhere === pairs && pairs > services, opensOf(run, stage));
};

/** Links that end at a service; each stage has its own. */
function linesOf(run: Run, stage: StageId): number {
  const { links } = run.index.trace.legend;
  return links.filter((link) => link.stage === stage && link.ends.some((end) => isPerson(run, end)))
    .length;
}

/**
 * Every connection has a service's program as client and a broker as server, and none begins as
 * HTTP, which is all that a page can open.
 */
export const joinsServicesWithBrokers: Check = (run, stage) => {
  const connections = connectionsOf(run, stage);
  const areBackends = connections.every(
    ({ client, server }) => isPerson(run, client) && roleOf(run, server) === 'broker',
  );
  const isHttp = transfersOf(run, stage).some(({ type }) => type === 'handshake');
  return verdict(connections.length > 0 && areBackends && !isHttp, opensOf(run, stage));
};

const opensOf = (run: Run, stage: StageId): EntrySeq[] => entriesOf(run, stage, EntryKind.Opened);
