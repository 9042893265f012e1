// The picture of the cluster and the line of moments below it, which come with the cluster's scenes
// and not with the page; draws nothing.

import { present } from '../../../engine/index';
import type { ClusterView } from '../../../stage/cluster/ClusterView';
import type { BookmarkStrip } from './BookmarkStrip';

interface Fetched {
  view: typeof ClusterView | null;
  strip: typeof BookmarkStrip | null;
}
const fetched: Fetched = { view: null, strip: null };

/** To be awaited before a scene that shows a cluster is run: so nobody waits for its picture. */
export async function fetchClusterView(): Promise<void> {
  const [view, strip] = await Promise.all([
    import('../../../stage/cluster/ClusterView'),
    import('./BookmarkStrip'),
  ]);
  fetched.view = view.ClusterView;
  fetched.strip = strip.BookmarkStrip;
}

export const clusterView = (): typeof ClusterView =>
  present(fetched.view, 'the picture of the cluster comes before its scenes');

export const bookmarkStrip = (): typeof BookmarkStrip =>
  present(fetched.strip, 'the line of moments comes with the picture');
