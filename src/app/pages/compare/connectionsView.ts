// The picture of servers with their connections, which comes with its scenes and not with the page;
// draws nothing.

import { present } from '../../../engine/index';
import type { ConnectionsView } from '../../../stage/connections/ConnectionsView';

const fetched: { view: typeof ConnectionsView | null } = { view: null };

/** To be awaited before a scene with such a stage is run: so nobody waits for its picture. */
export async function fetchConnectionsView(): Promise<void> {
  const module = await import('../../../stage/connections/ConnectionsView');
  fetched.view = module.ConnectionsView;
}

export const connectionsView = (): typeof ConnectionsView =>
  present(fetched.view, 'the picture of the connections comes before its scenes');
