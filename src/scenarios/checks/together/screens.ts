// Checks on browsers: what joins a screen to the rest, and what comes through to it.
import { EntryKind, type NodeIndex, type StageId } from '../../../engine/index';
import type { Run } from '../../runScenario';
import { type Check, verdict } from '../check';
import { atEnd, connectionsOf, entriesOf, transfersOf } from '../reading';

/** Whoever is a browser on some stage of the run, as this one has them. */
function screensOf(run: Run, stage: StageId): NodeIndex[] {
  const { nodes } = run.index.trace.legend;
  const ids = new Set(nodes.filter(({ isBrowser }) => isBrowser).map(({ id }) => id));
  return nodes.flatMap((node, at) => (node.stage === stage && ids.has(node.id) ? [at] : []));
}

/** Every screen has an open WebSocket, and no connection of another kind ends at one. */
export const joinsScreensByWebSocket: Check = (run, stage) => {
  const screens = screensOf(run, stage);
  const { entries } = run.index.trace;
  const atScreens = connectionsOf(run, stage).filter(({ client, server }) => {
    return screens.includes(client) || screens.includes(server);
  });
  const opened = entriesOf(run, stage, EntryKind.Opened).filter((seq) => {
    return screens.includes(entries.node[seq] ?? -1) && entries.value[seq] === 1;
  });
  const joined = new Set(opened.map((seq) => entries.node[seq]));
  const areWebSockets = atScreens.every(({ purpose }) => purpose === 'websocket');
  return verdict(areWebSockets && screens.every((node) => joined.has(node)), opened);
};

/** All that is said at a screen leaves it over a WebSocket, and all that it shows came over one. */
export const touchesScreensByWebSocket: Check = (run, stage) => {
  const screens = screensOf(run, stage);
  const { connections } = run.index.trace.legend;
  const touching = transfersOf(run, stage).filter(({ from, to, messages }) => {
    return messages.length > 0 && (screens.includes(from) || screens.includes(to));
  });
  const isWebSocket = ({ connection }: { readonly connection: number }) =>
    connections[connection]?.purpose === 'websocket';
  const senders = touching.filter(({ from }) => screens.includes(from));
  const evidence = [...senders.slice(0, 6), ...touching.slice(0, 6)].map(
    ({ startSeq }) => startSeq,
  );
  const goesBothWays = senders.length > 0 && senders.length < touching.length;
  return verdict(touching.every(isWebSocket) && goesBothWays, [...new Set(evidence)]);
};

/** From end to end, as soon as that, in milliseconds (`BOTH` in the list of claims). */
const SOON_MS = 60;

/** Someone was away and a machine crashed, and all came through, half of it soon. */
export const losesNothingAndIsSoon: Check = (run, stage) => {
  const { sent, delivered, missed, latencyMs } = atEnd(run, stage);
  const shocks = [EntryKind.WentAway, EntryKind.Crashed].map((kind) => entriesOf(run, stage, kind));
  const wasShaken = shocks.every((seqs) => seqs.length > 0);
  const isSoon = latencyMs.p50 !== null && latencyMs.p50 < SOON_MS;
  const arrivals = entriesOf(run, stage, EntryKind.Delivered).slice(-6);
  return verdict(wasShaken && isSoon && missed === 0 && delivered === sent, [
    ...shocks.flat(),
    ...arrivals,
  ]);
};
