// How large things are on a stage of a given size: unit, labels with room, places in a log.

/** What is written beside the drawing: names and what each does, names alone, nothing. */
export type LabelLevel = 'captions' | 'names' | 'none';

export interface StageSize {
  readonly width: number;
  readonly height: number;
  /** Whether what each one does may be written below; small stages drop it by themselves. */
  readonly captions: boolean;
}

/** Pixels that labels take from the height. */
const LABEL_HEIGHT: Readonly<Record<LabelLevel, number>> = { captions: 132, names: 44, none: 0 };
/** A richer level of labels may cost this share of the unit, no more. */
const WORTH = 0.9;
const LARGEST_UNIT = 1.16;
/** Units from one row's centre line to the next. */
const ROW_PITCH = 98;
/** Units that the outermost rows' log reaches over and below: the height of a stage of one row. */
const ROW_HEIGHT = 108;
const LARGEST_ROW_PITCH = 132;

export interface StageUnit {
  /** Pixels per unit of the design's geometry. */
  readonly unit: number;
  readonly labels: LabelLevel;
  /** Pixels between the centre lines of two rows. */
  readonly pitch: number;
  /** Places that each row of a log shows. */
  readonly places: number;
}

export interface StageContents {
  readonly rows: number;
  /** Digits of the largest offset. */
  readonly digits: number;
  /** Waiting in the log is what the scene is about: more places. */
  readonly isAboutWaiting: boolean;
}

export function stageUnit(size: StageSize, contents: StageContents): StageUnit {
  const places = placesFor(size.width, contents);
  const byWidth = Math.min(LARGEST_UNIT, size.width / (300 + 40 * places));
  const unitWith = (labels: LabelLevel): number =>
    Math.min(byWidth, roomFor(size, labels) / (ROW_HEIGHT + ROW_PITCH * (contents.rows - 1)));
  const levels: LabelLevel[] =
    size.captions && contents.rows === 1 ? ['captions', 'names', 'none'] : ['names', 'none'];
  const labels = levels.find((level) => unitWith(level) >= WORTH * unitWith('none')) ?? 'none';
  const unit = unitWith(labels);
  const free = roomFor(size, labels) - ROW_HEIGHT * unit;
  const pitch =
    contents.rows === 1 ? 0 : Math.min(free / (contents.rows - 1), LARGEST_ROW_PITCH * unit);
  return { unit, labels, pitch, places };
}

const roomFor = (size: StageSize, labels: LabelLevel): number =>
  Math.max(60, size.height - 4 - LABEL_HEIGHT[labels]);

function placesFor(width: number, { digits, isAboutWaiting }: StageContents): number {
  const few = width < 500 ? 3 : width < 600 ? 4 : 5;
  const many = width < 400 ? 3 : width < 500 ? 4 : 7;
  const places = isAboutWaiting ? many : few;
  return digits > 3 ? Math.max(2, Math.floor(places * 0.7)) : places;
}
