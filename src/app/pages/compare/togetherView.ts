// The picture of both at work together, which comes with its scenes and not with the page;
// draws nothing.

import { present } from '../../../engine/index';
import type { TogetherView } from '../../../stage/together/TogetherView';

const fetched: { view: typeof TogetherView | null } = { view: null };

/** To be awaited before a scene with such a stage is run: so nobody waits for its picture. */
export async function fetchTogetherView(): Promise<void> {
  const module = await import('../../../stage/together/TogetherView');
  fetched.view = module.TogetherView;
}

export const togetherView = (): typeof TogetherView =>
  present(fetched.view, 'the picture of both together comes before its scenes');
