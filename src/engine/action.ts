// Carries out what happens to the model from outside: faults of the script and interventions of a
// reader.

import type { Link } from './network/link';
import type { NetworkNode } from './network/node';
import { type Action, SETTING_NAMES, type Settings } from './scene';
import { EntryKind } from './trace/entryKinds';
import type { World } from './world';

/**
 * Acts on every stage that knows the target; `index`: place in a reader's list, absent for the
 * script.
 */
export function applyAction(world: World, action: Action, index?: number): void {
  if (index !== undefined) {
    world.environment.recorder.entry(EntryKind.Intervened, { node: -1, value: index });
  }
  if (action.kind === 'set') setParameter(world, action);
  else {
    for (const node of world.builder.nodes) if (node.id === action.target) actOnNode(node, action);
    for (const link of world.builder.links) {
      if (link.options.id === action.target) actOnLink(link, action);
    }
  }
}

function actOnNode(node: NetworkNode, { kind }: Action): void {
  if (kind === 'disconnect') node.goAway();
  else if (kind === 'reconnect') node.comeBack();
  else if (kind === 'crash') node.crash();
  else if (kind === 'restart') node.restart();
}

function actOnLink(link: Link, { kind }: Action): void {
  if (kind === 'cut') link.cutOff();
  else if (kind === 'restore') link.restore();
  else if (kind === 'drop') link.dropNext();
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
  for (const stage of world.kafka) stage.broker.settingsChanged();
  for (const stage of world.websocket) stage.settingsChanged();
}

/** A word as the trace's numbers write it; digits stand for themselves. */
const WORD_CODES: ReadonlyMap<string, number> = new Map([
  ['off', 0],
  ['on', 1],
  ['all', -1],
  ['earliest', 0],
  ['latest', 1],
]);
