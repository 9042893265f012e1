// Every group's coordinator and the one of transactions, made when they are first asked for.

import type { Environment } from '../../network/node';
import type { NodeIndex } from '../../trace/trace';
import type { Cluster } from '../cluster/cluster';
import type { Coordinators } from '../cluster/coordinators';
import { GroupCoordinator } from '../group/groupCoordinator';
import { TransactionCoordinator } from './transactionCoordinator';

/** `nodeOf`: the node that the trace counts a group's copies for. */
export function createCoordinators(
  environment: Environment,
  cluster: Cluster,
  nodeOf: (group: string) => NodeIndex,
): Coordinators {
  const { settings, plan } = cluster;
  const groups = new Map<string, GroupCoordinator>();
  const topics = [...new Set(plan.partitions.map(({ topic }) => topic))];
  const partitionsOfTopics = new Map(
    topics.map((topic) => [topic, cluster.partitionsOf(topic).map(({ index }) => index)] as const),
  );
  const group = (name: string): GroupCoordinator => {
    const known = groups.get(name);
    if (known) return known;
    const groupPlan = { node: nodeOf(name), partitionsOfTopics };
    const made = new GroupCoordinator(environment, settings, groupPlan);
    groups.set(name, made);
    return made;
  };
  const transactions = new TransactionCoordinator(environment, settings, {
    writeMarker: (partition, marker, done) => cluster.writeMarker(partition, marker, done),
    group,
    nextProducerId: () => cluster.nextProducerId(),
  });
  return { group, transactions };
}
