// How fast the run passes on screen: three speeds at hand, all five under More.

import type { ReactNode } from 'react';
import type { Player } from '../../player/createPlayer';
import type { Speed } from '../../player/playhead';
import { SPEEDS } from '../../player/playhead';
import { usePlayer } from '../../player/usePlayer';
import { Segment } from '../../ui/Segment';

const TEXTS: Readonly<Record<Speed, string>> = { 0.25: '¼×', 0.5: '½×', 1: '1×', 2: '2×', 4: '4×' };
const SPOKEN: Readonly<Record<Speed, string>> = {
  0.25: 'a quarter',
  0.5: 'half',
  1: 'normal',
  2: 'double',
  4: 'four times',
};
const AT_HAND: readonly Speed[] = [0.25, 0.5, 1];

interface SpeedSegmentProps {
  readonly player: Player;
  readonly isWhole: boolean;
}

export function SpeedSegment({ player, isWhole }: SpeedSegmentProps): ReactNode {
  const speed = usePlayer(player, (state) => state.speed);
  const shown = SPEEDS.filter(
    (candidate) => isWhole || AT_HAND.includes(candidate) || candidate === speed,
  );
  return (
    <Segment
      label={isWhole ? 'Speed, all' : 'Speed'}
      options={shown.map((value) => ({ value, text: TEXTS[value], spoken: SPOKEN[value] }))}
      value={speed}
      onChoose={player.setSpeed}
    />
  );
}
