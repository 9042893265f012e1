// The scrubber: a native range moved by frames without React; arrow keys go from event to event.

import type { KeyboardEvent, ReactNode } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Player } from '../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../player/usePlayer';
import { timeText } from '../timeText';
import { useMoments } from '../useMoments';
import styles from './Scrubber.module.css';
import type { ScrubberMarks } from './scrubberMarks';
import { scrubberMarks } from './scrubberMarks';

interface ScrubberProps {
  readonly player: Player;
}

export function Scrubber({ player }: ScrubberProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const follow = (): void => {
      const { time: now, run: shown } = player.store.getState();
      if (input.current === null) return;
      input.current.max = String(shown.horizon);
      input.current.value = String(now);
      input.current.style.setProperty('--played', String(now / shown.horizon));
    };
    follow();
    return player.subscribeTime(follow);
  }, [player]);
  const [isFocused, setFocused] = useState(false);
  // Where the opening has come to rest, nobody has asked for words yet.
  const isMoved = usePlayer(player, ({ lastMove }) => lastMove !== 'none' && lastMove !== 'play');
  const moments = useMoments(isFocused || isMoved);
  const sentence = moments?.momentOf(run, time) ?? '';
  const moment = timeText(time, run.horizon);
  return (
    <div className={styles['scrubber']}>
      <Marks marks={scrubberMarks(run)} />
      <input
        ref={input}
        type="range"
        min={0}
        max={run.horizon}
        step={1}
        defaultValue={time}
        className={styles['range']}
        aria-label="Time in the run"
        aria-valuetext={sentence === '' ? moment : `${moment}. ${sentence}`}
        onFocus={() => setFocused(true)}
        onInput={(event) => player.seek(Number(event.currentTarget.value))}
        onKeyDown={(event) => stepByKey(event, player)}
      />
    </div>
  );
}

/** Arrow keys step; Home and End stay the range's own. */
function stepByKey(event: KeyboardEvent, player: Player): void {
  const isForward = event.key === 'ArrowRight' || event.key === 'ArrowUp';
  const isBack = event.key === 'ArrowLeft' || event.key === 'ArrowDown';
  if (event.ctrlKey || event.metaKey || event.altKey || !(isForward || isBack)) return;
  event.preventDefault();
  if (isForward) player.stepForward();
  else player.stepBack();
}

function Marks({ marks }: { readonly marks: ScrubberMarks }): ReactNode {
  return (
    <div className={styles['marks']} aria-hidden="true">
      <svg className={styles['ticks']} viewBox="0 0 1000 1" preserveAspectRatio="none">
        <title>Instants that matter</title>
        <path d={marks.tickPath} vectorEffect="non-scaling-stroke" />
      </svg>
      {marks.absences.map((span) => (
        <span
          key={span.key}
          className={styles['absence']}
          title={span.label}
          style={{
            left: `${span.fromShare * 100}%`,
            width: `${(span.toShare - span.fromShare) * 100}%`,
          }}
        />
      ))}
      {marks.flags.map((flag) => (
        <span
          key={flag.key}
          className={styles['flag']}
          data-mark={flag.isByUser ? 'user' : 'scene'}
          title={flag.label}
          style={{ left: `${flag.share * 100}%` }}
        >
          {flag.isLabelHidden ? null : <span className={styles['label']}>{flag.label}</span>}
        </span>
      ))}
    </div>
  );
}
