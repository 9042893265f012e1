// The scenes of WebSocket's and HTTP's own ways, in order, with what they need beyond those of the
// first view: it comes with them, in the same chunk, so that no scene has to think of it.

import { CHANNEL_RAISERS } from '../engine/doors/channel';
import { GROUP_PROTOCOLS } from '../engine/doors/groups';
import { HTTP_RAISERS } from '../engine/doors/http';
import { raiseSockets } from '../engine/doors/sockets';
import { betterTogether } from './combined/betterTogether';
import { choose } from './combined/choose';
import type { Scenario } from './defineScenario';
import { HTTP_PARAMETERS } from './http/httpParameters';
import { HTTP_SCENARIOS } from './http/httpScenarios';
import { KAFKA_PARAMETERS } from './kafkaParameters';
import { settingsFrom } from './settingsOf';
import { SOCKET_PARAMETERS } from './socketParameters';
import { backpressure } from './websocket/backpressure';
import { closeCodes } from './websocket/closeCodes';
import { handshake } from './websocket/handshake';
import { heartbeat } from './websocket/heartbeat';
import { resume } from './websocket/resume';
import { scaleSockets } from './websocket/scaleSockets';

const SCENARIOS: readonly Scenario[] = [
  handshake,
  heartbeat,
  closeCodes,
  backpressure,
  resume,
  scaleSockets,
  ...HTTP_SCENARIOS,
  betterTogether,
  choose,
];

export const SOCKET_SCENARIOS: readonly Scenario[] = SCENARIOS.map(asSocketScenario);

/** Connections with a life of their own, unless a scene brings other ones, and the settings. */
function asSocketScenario(scenario: Scenario): Scenario {
  const definitions = [KAFKA_PARAMETERS, SOCKET_PARAMETERS, HTTP_PARAMETERS].flatMap((group) =>
    Object.values(group),
  );
  return {
    ...scenario,
    isWatched: scenario.stages.includes('kafka') && scenario.stages.length <= 2,
    scene: (inputs) => {
      const scene = scenario.scene(inputs);
      return {
        ...scene,
        settings: { ...scene.settings, ...settingsFrom(definitions, inputs.values) },
        raisers: {
          ...CHANNEL_RAISERS,
          websocket: raiseSockets,
          ...HTTP_RAISERS,
          ...scene.raisers,
        },
        kafka: { ...scene.kafka, groups: GROUP_PROTOCOLS },
      };
    },
  };
}
