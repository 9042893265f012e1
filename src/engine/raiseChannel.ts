// Builds a stage with nothing but a bare line between two people.

import { ChannelStage } from './actors/channelStage';
import type { Link } from './network/link';
import type { NetworkNode } from './network/node';
import { inNoGroup, planAll, raisePeople, type World } from './raise';
import { bareDuplex, type Scene } from './scene';
import type { StageId } from './trace/trace';

function raiseChannel(world: World, scene: Scene, id: StageId): void {
  const { builder, environment } = world;
  const placed = raisePeople(world, scene, { stage: id, groupOf: inNoGroup });
  const people = placed.map(({ node }) => node);
  const [first, second] = people as [NetworkNode, NetworkNode];
  const line = { stage: id, ends: [first, second] as const, ...scene.bareLine };
  const link: Link = builder.link({ ...line, duplex: bareDuplex(id) });
  const { index } = builder.connection(id, 'channel', {
    link,
    client: first,
    server: second,
  });
  const stage = new ChannelStage(environment, scene.workload, people, { index, link });
  planAll(world, stage.people);
}

/** The raisers that a scene with bare lines brings. */
export const CHANNEL_RAISERS: Scene['raisers'] = {
  'half-duplex': raiseChannel,
  'full-duplex': raiseChannel,
};
