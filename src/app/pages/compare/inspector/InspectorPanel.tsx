// The inspector on the page: it takes the focus when it opens, and gives it back when it closes.

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { Player } from '../../../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../../../player/usePlayer';
import { InspectorView } from '../../../../stage/inspector/InspectorView';
import { IconButton } from '../../../../ui/Button';
import { useView, type View } from '../../../createView';

interface InspectorPanelProps {
  readonly player: Player;
  readonly view: View;
}

export function InspectorPanel({ player, view }: InspectorPanelProps): ReactNode {
  const name = useView(view, (state) => state.inspected);
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusGivenBack();
  useEscape(() => view.set({ inspected: null }));
  // What is looked at has changed: whoever reads along is led there.
  useEffect(() => {
    if (name === null) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('section')?.scrollIntoView({ block: 'start' });
  }, [name]);
  if (name === null) return null;
  return (
    <section aria-label="Inspector" data-panel="inspector">
      <InspectorView
        index={run.index}
        stages={run.scenario.stages}
        name={name}
        time={time}
        heading={heading}
        closing={
          <IconButton label="Close the inspector" onClick={() => view.set({ inspected: null })}>
            <X size={20} aria-hidden="true" />
          </IconButton>
        }
      />
    </section>
  );
}

/** To whatever had the focus before, if it is still there. */
function useFocusGivenBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
}

function useEscape(close: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [close]);
}
