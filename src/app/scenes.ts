// Which scenes are here: at first those of the first view, the others with what shows them once
// somebody wants one.

import type { ScenarioSource } from '../player/scenarioSource';
import type { Scenario } from '../scenarios/defineScenario';
import { FIRST_SCENARIOS } from '../scenarios/firstScenarios';
import { fetchClusterView } from './pages/compare/clusterView';
import { fetchConnectionsView } from './pages/compare/connectionsView';
import { fetchTogetherView } from './pages/compare/togetherView';

/** Of every scene, fetched or not; the build puts them here (vite.config.ts). */
declare const __SCENE_TITLES__: readonly { readonly id: string; readonly title: string }[];
export const SCENE_TITLES = __SCENE_TITLES__;

export const titleOfScene = (id: string): string =>
  SCENE_TITLES.find((scene) => scene.id === id)?.title ?? id;

export function createScenes(): ScenarioSource {
  const here = new Map<string, Scenario>();
  const add = (scenarios: readonly Scenario[]): void => {
    for (const scenario of scenarios) here.set(scenario.id, scenario);
  };
  add(FIRST_SCENARIOS);
  return {
    find: (id) => here.get(id),
    fetch: (done) => {
      // Their view comes with them, so that a chosen scene never shows without its picture.
      const coming = Promise.all([
        import('../scenarios/clusterScenarios'),
        import('../scenarios/socketScenarios'),
        import('../scenarios/duplex/talkScenarios'),
        fetchClusterView(),
        fetchConnectionsView(),
        fetchTogetherView(),
      ]);
      coming.then(
        ([{ CLUSTER_SCENARIOS }, { SOCKET_SCENARIOS }, { TALK_SCENARIOS }]) => {
          add(CLUSTER_SCENARIOS);
          add(SOCKET_SCENARIOS);
          add(TALK_SCENARIOS);
          done(true);
        },
        () => done(false),
      );
    },
  };
}
