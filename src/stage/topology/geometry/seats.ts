// Where each person sits, and what the other parts of a layout are laid out from.

import type { StageId, TraceIndex } from '../../../engine/index';
import type { Person } from '../../people';
import type { StageSize } from './stageUnit';

export interface Seat extends Person {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface LayoutFrame {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly size: StageSize;
  readonly seats: readonly Seat[];
  readonly centreY: number;
  readonly unit: number;
}

export interface SeatRows {
  readonly size: StageSize;
  readonly rows: number;
  readonly centreY: number;
  /** Pixels between two rows. */
  readonly pitch: number;
}

export function seatOf(person: Person, { size, rows, centreY, pitch }: SeatRows): Seat {
  const widest = Math.min(42, Math.max(21, size.width / 16));
  const radius =
    rows === 1 ? widest : Math.min(widest, Math.max(0.36 * pitch, Math.min(12, 0.46 * pitch)));
  const margin = Math.max(12, 0.035 * size.width);
  const x = margin + radius;
  return {
    ...person,
    x: person.side === 'left' ? x : size.width - x,
    y: centreY + (person.row - (rows - 1) / 2) * pitch,
    radius,
  };
}
