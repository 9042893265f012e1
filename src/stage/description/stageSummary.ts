// One line that sums up a stage at an instant: connected or not, who sends what, how much at once.

import type { SimTime, StageId, Trace, TraceIndex, World } from '../../engine/index';
import { ledgerAt, measuresAt, worldAt } from '../../engine/index';
import { overlapText } from '../measures/measuresScene';
import { peopleOf } from '../people';
import { STAGE_TITLES } from '../stageTitles';
import { listText } from './messageWords';

export function stageSummary(index: TraceIndex, stage: StageId, time: SimTime): string {
  const world = worldAt(index, time);
  const { missed, waiting } = ledgerAt(index, stage, time);
  const overlap = measuresAt(index, stage, time).overlapParticipant;
  const sentences = [
    connectionText(index, stage, world),
    sendingText(index, stage, world),
    missed > 0 ? `${missed} missed` : '',
    waiting > 0 ? `${waiting} waiting` : '',
    overlap === null ? '' : `Both at once ${overlapText(overlap)}`,
  ].filter((sentence) => sentence !== '');
  return `${STAGE_TITLES[stage]}: ${sentences.join('. ')}.`;
}

function connectionText({ trace }: TraceIndex, stage: StageId, world: World): string {
  const away = peopleOf(trace, stage).filter(({ node }) => world.nodes[node]?.away);
  if (away.length > 0) {
    const names = away.map(({ name }) => name);
    return `${listText(names, 'people')} ${names.length === 1 ? 'is' : 'are'} away`;
  }
  const states = clientStates(trace, stage, world);
  if (states.every((state) => state === 'open')) return 'connected';
  if (states.some((state) => state === 'connecting')) return 'connecting';
  return states.every((state) => state === 'closed') ? 'not connected' : 'partly connected';
}

/** One state a client and purpose: of its connections to several brokers the most open. */
function clientStates(trace: Trace, stage: StageId, world: World): string[] {
  const states = new Map<string, string>();
  // Behind a balancer a client has one connection after the other, to whichever server.
  const isFleet = trace.legend.nodes.some(
    ({ role, stage: own }) => role === 'balancer' && own === stage,
  );
  trace.legend.connections.forEach(({ stage: own, purpose, client }, at) => {
    const isCounted = own === stage && purpose !== 'channel' && purpose !== 'coordinator';
    if (!isCounted || world.nodes[client]?.joined === false) return;
    const isStreet = purpose === 'producer' || purpose === 'consumer' || isFleet;
    const key = isStreet ? `${purpose} ${client}` : `${at}`;
    const state = world.connections[at]?.state ?? 'closed';
    const known = states.get(key) ?? 'closed';
    states.set(key, known === 'open' || state === 'closed' ? known : state);
  });
  return [...states.values()];
}

/** "Ana sends message 1, Ben sends message 1"; counted when they are many. */
function sendingText({ trace }: TraceIndex, stage: StageId, world: World): string {
  const first = new Map<number, number | undefined>();
  for (const { from, messages } of world.transfers) {
    if (messages.length > 0 && !first.has(from)) first.set(from, messages.at(-1));
  }
  const sending = peopleOf(trace, stage).flatMap(({ name, node }) => {
    const message = first.get(node);
    return message === undefined ? [] : [`${name} sends message ${trace.messages.number[message]}`];
  });
  return sending.length > 2 ? `${sending.length} people send` : sending.join(', ');
}
