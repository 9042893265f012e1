// Writes numbers for people: a thin gap before the unit, no digit more than is meant.

/** A gap that is thin and does not break: between a number and its unit. */
export const GAP = '\u202f';
/** Stands where a measure has no meaning. */
export const NO_VALUE = '–';

/** Whole from ten on, else with one decimal where there is one; thousands are parted by a thin gap. */
export function countText(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return String(rounded).replace(/\B(?=(\d{3})+$)/g, GAP);
}

/** "43 ms", "9.5 s". */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${countText(milliseconds)}${GAP}ms`;
  return `${countText(milliseconds / 1_000)}${GAP}s`;
}

/** "88 %"; never says 0 % or 100 % of what is only nearly so. */
export function shareText(share: number): string {
  const rounded = Math.round(share * 100);
  if (share > 0 && rounded === 0) return `<${GAP}1${GAP}%`;
  return `${share < 1 ? Math.min(rounded, 99) : rounded}${GAP}%`;
}

/** One word for one, another for all else: "1 message", "3 messages". */
export const plural = (count: number, one: string, more = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : more}`;
