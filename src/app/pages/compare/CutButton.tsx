// The cut on the wire: the same control as the Disconnect toggle, where it acts.

import type { ReactNode, RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { StageId } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { awaySince } from '../../../player/stateAtPlayhead';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import { layoutTopology } from '../../../stage/topology/topologyLayout';
import { hasDisconnect, nameOfNode, toggleDisconnect } from '../../runActions';
import styles from './CutButton.module.css';

interface CutButtonProps {
  readonly player: Player;
  readonly stage: StageId;
}

interface RoomSize {
  readonly width: number;
  readonly height: number;
}

/** Smaller pictures have no room beside the wire, and more people no wire of their own. */
const LEAST_ROOM: RoomSize = { width: 480, height: 230 };
const MOST_PEOPLE = 2;
/** Pixels from the wire's end to the button's middle, and from the wire down to it. */
const FROM_END = 56;
const BELOW = 28;

export function CutButton({ player, stage }: CutButtonProps): ReactNode {
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const { disconnectTarget } = run.scenario;
  const at = size === null ? null : wireEnd(run, stage, size);
  const isAway = awaySince(run, disconnectTarget, time) !== null;
  const name = nameOfNode(run, disconnectTarget);
  return (
    <div ref={room} className={styles['room']}>
      {at !== null && (
        <button
          type="button"
          className={styles['cut']}
          style={{ left: at.x, top: at.y }}
          aria-pressed={isAway}
          aria-label={`Cut ${name}’s line`}
          title={isAway ? `Join ${name}’s line again` : `Cut ${name}’s line`}
          onClick={() => toggleDisconnect(player)}
        >
          <svg width="20" height="12" viewBox="0 0 20 12" aria-hidden="true">
            <path d={isAway ? 'M2 6H18' : 'M1 6H7M13 6H19M8 10L12 2'} />
          </svg>
        </button>
      )}
    </div>
  );
}

function wireEnd(
  run: Parameters<typeof hasDisconnect>[0],
  stage: StageId,
  size: RoomSize,
): { readonly x: number; readonly y: number } | null {
  if (size.width < LEAST_ROOM.width || size.height < LEAST_ROOM.height) return null;
  if (!hasDisconnect(run)) return null;
  const layout = layoutTopology(run.index, stage, { ...size, captions: true });
  if (layout.seats.length > MOST_PEOPLE) return null;
  const { nodes } = run.index.trace.legend;
  const wires = layout.lanes.filter(
    (lane) => nodes[lane.rightNode]?.id === run.scenario.disconnectTarget,
  );
  const lowest = wires.reduce((low, lane) => Math.max(low, lane.bottom), 0);
  const end = wires[0]?.right;
  return end === undefined ? null : { x: end - FROM_END, y: lowest + BELOW };
}

function useSize(room: RefObject<HTMLDivElement | null>): RoomSize | null {
  const [size, setSize] = useState<RoomSize | null>(null);
  useLayoutEffect(() => {
    const element = room.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [room]);
  return size;
}
