// A disclosure of all that the first sight leaves out; Escape closes it and gives the focus back.

import { ChevronDown } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import type { Player } from '../../player/createPlayer';
import { Button } from '../../ui/Button';
import { ViewBoundary } from '../../ui/ViewBoundary';
import type { View } from '../createView';
import styles from './More.module.css';

// The first view carries none of it: it is fetched when it is first opened.
const MorePanel = lazy(() =>
  import('./MorePanel').then((module) => ({ default: module.MorePanel })),
);

interface MoreProps {
  readonly player: Player;
  readonly view: View;
}

/** Opens over the page from the dock, and in the page where it is narrow. */
export function More({ player, view }: MoreProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const panelId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    setOpen(false);
    frame.current?.querySelector('button')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for Escape from within
    <div ref={frame} className={styles['more']} onKeyDown={closeOnEscape}>
      <Button
        look="plain"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setOpen(!isOpen)}
      >
        More <ChevronDown size={18} aria-hidden="true" data-open={isOpen} />
      </Button>
      <div id={panelId} className={styles['panel']} hidden={!isOpen}>
        {isOpen && (
          <ViewBoundary name="More">
            <Suspense fallback={<p className="visuallyHidden">Loading</p>}>
              <MorePanel player={player} view={view} />
            </Suspense>
          </ViewBoundary>
        )}
      </div>
    </div>
  );
}
