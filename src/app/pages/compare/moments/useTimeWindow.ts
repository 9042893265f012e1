// The window that all diagrams of the page share: zoomed, moved, and following the playhead.

import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { Player } from '../../../../player/createPlayer';
import { usePlayer } from '../../../../player/usePlayer';
import type { Run } from '../../../../scenarios/run';
import {
  firstWindow,
  followed,
  moved,
  type TimeWindow,
  withinRun,
  zoomed,
} from '../../../../stage/spacetime/timeWindow';
import type { SettledMark } from '../../../settled';

export interface WindowControl {
  readonly window: TimeWindow;
  readonly isFollowing: boolean;
  readonly isWhole: boolean;
  readonly setFollowing: (isFollowing: boolean) => void;
  /** Any stretch; it is kept inside the run. */
  readonly show: (window: TimeWindow) => void;
  readonly showWhole: () => void;
  readonly zoom: (factor: number, timeUs: number) => void;
  readonly move: (byUs: number) => void;
  /** Moves only if `timeUs` is not in it. */
  readonly reach: (timeUs: number) => void;
}

interface WindowState {
  readonly run: Run;
  readonly window: TimeWindow;
  readonly isFollowing: boolean;
}

const begun = (run: Run, time: number): WindowState => ({
  run,
  window: firstWindow(run.index, run.scenario.stages, time),
  isFollowing: true,
});

export function useTimeWindow(player: Player, settled: SettledMark): WindowControl {
  const run = usePlayer(player, (state) => state.run);
  const [state, setState] = useState(() => begun(run, player.getTime()));
  // Another length is another run; an intervention leaves the reader where they are.
  const isStale = state.run.horizon !== run.horizon || state.run.scenario !== run.scenario;
  const now = isStale ? begun(run, player.getTime()) : state;
  if (isStale) setState(now);
  const { horizon } = run;
  const change = useCallback(
    (next: (window: TimeWindow) => TimeWindow, isFollowing?: boolean) =>
      setState((before) => {
        const window = next(before.window);
        const follows = isFollowing ?? before.isFollowing;
        const isSame = window.from === before.window.from && window.to === before.window.to;
        if (isSame && follows === before.isFollowing) return before;
        return { ...before, window: isSame ? before.window : window, isFollowing: follows };
      }),
    [],
  );
  useEffect(() => {
    if (!now.isFollowing) return;
    const follow = (): void => {
      const next = followed(now.window, player.getTime(), horizon);
      if (next !== now.window) change(() => next);
    };
    return player.subscribeTime(follow);
  }, [now.isFollowing, now.window, horizon, player, change]);
  useLayoutEffect(() => {
    if (now.window.to > 0) settled.unsettle();
  }, [now.window, settled]);
  return useMemo(
    () => ({
      window: now.window,
      isFollowing: now.isFollowing,
      isWhole: now.window.to - now.window.from >= horizon,
      setFollowing: (isFollowing: boolean) =>
        change(
          (window) => (isFollowing ? followed(window, player.getTime(), horizon) : window),
          isFollowing,
        ),
      show: (window: TimeWindow) => change(() => withinRun(window, horizon), false),
      showWhole: () => change(() => ({ from: 0, to: horizon })),
      zoom: (factor: number, time: number) =>
        change((window) => zoomed(window, { factor, time, horizon })),
      move: (by: number) => change((window) => moved(window, by, horizon), false),
      reach: (time: number) =>
        change((window) =>
          time >= window.from && time <= window.to ? window : followed(window, time, horizon),
        ),
    }),
    [now.window, now.isFollowing, horizon, player, change],
  );
}
