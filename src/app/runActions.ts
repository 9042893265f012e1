// What the controls do to the run: an intervention at the playhead or a changed RunSpec.

import { seconds } from '../engine/index';
import type { Player } from '../player/createPlayer';
import { awaySince, isStopped, parameterAt } from '../player/stateAtPlayhead';
import type { ParameterDefinition, ParameterValue } from '../scenarios/defineScenario';
import type { Run } from '../scenarios/run';

/** The buffer that the page offers to add on the WebSocket side. */
const OFFERED_REPLAY_WINDOW = seconds(60);

export function definitionOf(run: Run, name: string): ParameterDefinition | undefined {
  return run.scenario.parameters.find((definition) => definition.name === name);
}

/** The name that people read for a node's id. */
export function nameOfNode(run: Run, id: string): string {
  return run.index.trace.legend.nodes.find((node) => node.id === id)?.name ?? id;
}

/** The same run from its start with one parameter changed; the playhead stays. */
export function changeParameter(player: Player, name: string, value: ParameterValue): void {
  const { runSpec, run, time } = player.store.getState();
  const { [name]: _, ...others } = runSpec.parameters;
  const isDefault = definitionOf(run, name)?.default === value;
  const parameters = isDefault ? others : { ...others, [name]: value };
  player.load({ ...runSpec, parameters }, time);
}

export function changeSeed(player: Player, seed: number): void {
  const { runSpec, time } = player.store.getState();
  player.load({ ...runSpec, seed }, time);
}

/** Another scene, from its start, with its own defaults and the same seed. */
export function chooseScene(player: Player, scenarioId: string): void {
  const { seed } = player.store.getState().runSpec;
  player.load({ scenarioId, parameters: {}, seed, interventions: [] });
}

/** Whether the scene can keep messages at all. */
export const hasDurability = (run: Run): boolean => definitionOf(run, 'durability') !== undefined;

export function toggleDurability(player: Player): void {
  const { run, time } = player.store.getState();
  if (!hasDurability(run)) return;
  const value = parameterAt(run, 'durability', time) === 'off' ? 'on' : 'off';
  player.act({ kind: 'set', target: 'durability', value });
}

/** Whether the person whom the toggle takes away is there to be taken. */
export function hasDisconnect(run: Run): boolean {
  const { disconnectTarget } = run.scenario;
  return run.index.trace.legend.nodes.some((node) => node.id === disconnectTarget);
}

export function toggleDisconnect(player: Player): void {
  const { run, time } = player.store.getState();
  const { stopTarget } = run.scenario;
  if (stopTarget !== undefined) {
    const kind = isStopped(run, stopTarget, time) ? 'restart' : 'crash';
    player.act({ kind, target: stopTarget });
    return;
  }
  if (!hasDisconnect(run)) return;
  const target = run.scenario.disconnectTarget;
  const isAway = awaySince(run, target, time) !== null;
  player.act({ kind: isAway ? 'reconnect' : 'disconnect', target });
}

/** Adds or removes the buffer that a WebSocket application would have to bring itself. */
export function toggleOwnBuffer(player: Player): void {
  const { run, time } = player.store.getState();
  const definition = definitionOf(run, 'replayWindow');
  if (definition === undefined) return;
  const value = parameterAt(run, 'replayWindow', time) === 0 ? OFFERED_REPLAY_WINDOW : 0;
  if (definition.isLive) player.act({ kind: 'set', target: 'replayWindow', value });
  else changeParameter(player, 'replayWindow', value);
}
