// Restart, step back, play or pause, step forward: what moves the playhead by hand.

import { Pause, Play, RotateCcw, SkipBack, SkipForward } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Player } from '../../player/createPlayer';
import { usePlayer } from '../../player/usePlayer';
import { IconButton } from '../../ui/Button';
import styles from './TransportDock.module.css';

interface TransportButtonsProps {
  readonly player: Player;
  readonly hasRestart: boolean;
}

export function TransportButtons({ player, hasRestart }: TransportButtonsProps): ReactNode {
  return (
    <div className={styles['buttons']}>
      {hasRestart && (
        <IconButton label="Restart" aria-keyshortcuts="R" onClick={player.restart}>
          <RotateCcw size={20} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton label="Step back" aria-keyshortcuts="ArrowLeft" onClick={player.stepBack}>
        <SkipBack size={20} aria-hidden="true" />
      </IconButton>
      <PlayButton player={player} />
      <IconButton label="Step forward" aria-keyshortcuts="ArrowRight" onClick={player.stepForward}>
        <SkipForward size={20} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function PlayButton({ player }: { readonly player: Player }): ReactNode {
  const isPlaying = usePlayer(player, (state) => state.status === 'playing');
  return (
    <IconButton
      look="round"
      label={isPlaying ? 'Pause' : 'Play'}
      aria-keyshortcuts="Space"
      onClick={() => togglePlay(player)}
    >
      {isPlaying ? (
        <Pause size={22} fill="currentColor" strokeWidth={0} aria-hidden="true" />
      ) : (
        <Play size={20} fill="currentColor" strokeWidth={1.5} aria-hidden="true" />
      )}
    </IconButton>
  );
}

export function togglePlay(player: Player): void {
  if (player.store.getState().status === 'playing') player.pause();
  else player.play();
}
