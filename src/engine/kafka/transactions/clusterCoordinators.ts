// Every group's coordinator, made when it is first asked for, and the one of transactions, where
// the scene has brought what that takes.

import type { Environment } from '../../network/node';
import type { NodeIndex } from '../../trace/trace';
import type { Cluster } from '../cluster/cluster';
import type { Coordinators } from '../cluster/coordinators';
import { ASSIGNED_BY_HAND } from '../group/assignedByHand';
import { GroupCoordinator } from '../group/groupCoordinator';
import type { GroupProtocols } from '../group/groupProtocols';

interface CoordinatorParts {
  /** The node that the trace counts a group's copies for. */
  readonly nodeOf: (group: string) => NodeIndex;
  /** Null: no group has members, and nobody has a `transactional.id`. */
  readonly protocols: GroupProtocols | null;
}

export function createCoordinators(
  environment: Environment,
  cluster: Cluster,
  { nodeOf, protocols }: CoordinatorParts,
): Coordinators {
  const { settings, plan: layout } = cluster;
  const groups = new Map<string, GroupCoordinator>();
  const topics = [...new Set(layout.partitions.map(({ topic }) => topic))];
  const partitionsOfTopics = new Map(
    topics.map((topic) => [topic, cluster.partitionsOf(topic).map(({ index }) => index)] as const),
  );
  const group = (name: string): GroupCoordinator => {
    const known = groups.get(name);
    if (known) return known;
    const plan = { node: nodeOf(name), partitionsOfTopics };
    const made = new GroupCoordinator(environment, (offsets) =>
      protocols === null
        ? ASSIGNED_BY_HAND
        : protocols.createMembership({ environment, settings, plan, offsets }),
    );
    groups.set(name, made);
    return made;
  };
  if (protocols === null) return { group, transactions: null };
  const transactions = protocols.createTransactions(environment, settings, {
    writeMarker: (partition, marker, done) => cluster.writeMarker(partition, marker, done),
    group,
    nextProducerId: () => cluster.nextProducerId(),
  });
  return { group, transactions };
}
