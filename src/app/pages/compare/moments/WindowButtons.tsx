// What moves and zooms the window, for those who do not drag: each does one plain thing.

import { ArrowLeftToLine, ArrowRightToLine, ZoomIn, ZoomOut } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Player } from '../../../../player/createPlayer';
import { Button, IconButton } from '../../../../ui/Button';
import { Switch } from '../../../../ui/Switch';
import styles from './SpacetimePanel.module.css';
import type { WindowControl } from './useTimeWindow';

/** Twice as near, twice as far. */
export const ZOOM_STEP = 2;
/** Share of the window that a push moves it by. */
const PUSH = 0.4;

interface WindowButtonsProps {
  readonly player: Player;
  readonly control: WindowControl;
}

export function WindowButtons({ player, control }: WindowButtonsProps): ReactNode {
  const { window, isFollowing, zoom, move, showWhole, setFollowing } = control;
  const length = window.to - window.from;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend.
    <div className={styles['buttons']} role="group" aria-label="Stretch of time shown">
      <IconButton label="Earlier" onClick={() => move(-length * PUSH)}>
        <ArrowLeftToLine size={20} aria-hidden="true" />
      </IconButton>
      <IconButton label="Later" onClick={() => move(length * PUSH)}>
        <ArrowRightToLine size={20} aria-hidden="true" />
      </IconButton>
      <IconButton label="Zoom in" onClick={() => zoom(1 / ZOOM_STEP, player.getTime())}>
        <ZoomIn size={20} aria-hidden="true" />
      </IconButton>
      <IconButton label="Zoom out" onClick={() => zoom(ZOOM_STEP, player.getTime())}>
        <ZoomOut size={20} aria-hidden="true" />
      </IconButton>
      <Button onClick={showWhole}>Whole run</Button>
      <Switch isOn={isFollowing} onToggle={() => setFollowing(!isFollowing)}>
        Follow the time
      </Switch>
    </div>
  );
}
