// The moments that a scene is about, in their order, each a way to its instant: what was, what is,
// what comes.

import type { ReactNode } from 'react';
import type { Player } from '../../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import { timeText } from '../../timeText';
import styles from './BookmarkStrip.module.css';

export function BookmarkStrip({ player }: { readonly player: Player }): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const now = run.bookmarks.findLastIndex(({ at }) => at <= time);
  const rows = run.index.trace.legend.partitions.length;
  return (
    <nav aria-label="Moments of this scene" className={styles['strip']} data-rows={rows}>
      <ol>
        {run.bookmarks.map(({ id, title, at }, place) => (
          <li key={id} data-state={place < now ? 'done' : place === now ? 'now' : 'next'}>
            <button
              type="button"
              aria-current={place === now ? 'step' : undefined}
              onClick={() => player.seek(at)}
            >
              <span>
                <span className={styles['time']}>{timeText(at, run.horizon)}</span> {title}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
