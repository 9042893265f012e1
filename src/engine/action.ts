// Carries out what happens to the model from outside: faults of the script and interventions of a
// reader.

import type { Link } from './network/link';
import type { NetworkNode } from './network/node';
import type { World } from './raise';
import { type Action, SETTING_NAMES, type Settings } from './scene';
import { EntryKind } from './trace/entryKinds';

/**
 * Acts on every stage that knows the target; `index`: place in a reader's list, absent for the
 * script.
 */
export function applyAction(world: World, action: Action, index?: number): void {
  if (index !== undefined) {
    world.environment.recorder.entry(EntryKind.Intervened, { node: -1, value: index });
  }
  if (action.kind === 'set') {
    setParameter(world, action);
    return;
  }
  for (const node of world.builder.nodes) {
    if (node.id === action.target) actOnNode(world, node, action);
  }
  for (const link of world.builder.links) {
    if (link.options.id === action.target) actOnLink(world, link, action);
  }
}

function actOnNode(world: World, node: NetworkNode, { kind, value }: Action): void {
  if (kind === 'disconnect') node.goAway();
  else if (kind === 'reconnect') node.comeBack();
  else if (kind === 'crash') node.crash();
  else if (kind === 'restart') node.restart();
  else if (kind === 'stall') node.stall();
  else if (kind === 'resume') node.resume();
  else if (kind === 'isolate') node.isolate(value === 'clients' ? 'clients' : 'brokers');
  else if (kind === 'restore') node.rejoin();
  else {
    for (const stage of world.kafka) {
      if (kind === 'shutdown') stage.shutDown(node);
      else if (kind === 'fillDisk') stage.fillDisk(node, value !== 'off');
    }
    if (kind === 'shutdown') for (const stage of world.brought) stage.shutDown?.(node);
  }
}

function actOnLink(world: World, link: Link, { kind, value }: Action): void {
  if (kind === 'cut') link.cutOff();
  else if (kind === 'restore') link.restore();
  else if (kind === 'drop') {
    if (value === 'ack') for (const stage of world.kafka) stage.loseNextAck(link);
    else link.dropNext();
  }
}

function setParameter(world: World, { target, value }: Action): void {
  const place = SETTING_NAMES.indexOf(target as keyof Settings);
  if (place < 0 || value === undefined) return;
  Object.assign(world.settings, { [target]: value });
  world.environment.recorder.entry(EntryKind.ParameterSet, {
    node: -1,
    place,
    value: typeof value === 'number' ? value : (WORD_CODES.get(String(value)) ?? Number(value)),
  });
  for (const stage of world.kafka) stage.settingsChanged();
  for (const stage of [...world.websocket, ...world.brought]) stage.settingsChanged();
}

/** A word as the trace's numbers write it; digits stand for themselves. */
const WORD_CODES: ReadonlyMap<string, number> = new Map([
  ['off', 0],
  ['on', 1],
  ['all', -1],
  ['earliest', 0],
  ['latest', 1],
  ['before', 0],
  ['after', 1],
  ['read_uncommitted', 0],
  ['read_committed', 1],
  ['buffer', 0],
  ['drop', 1],
  ['close', 2],
]);
