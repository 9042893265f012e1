// The picture of the cluster, which comes with its scenes and not with the page; draws nothing.

import { present } from '../../../engine/index';
import type { ClusterView } from '../../../stage/cluster/ClusterView';

const fetched: { view: typeof ClusterView | null } = { view: null };

/** To be awaited before a scene that shows a cluster is run: so nobody waits for its picture. */
export async function fetchClusterView(): Promise<void> {
  const module = await import('../../../stage/cluster/ClusterView');
  fetched.view = module.ClusterView;
}

export const clusterView = (): typeof ClusterView =>
  present(fetched.view, 'the picture of the cluster comes before its scenes');
