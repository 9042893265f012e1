// What stands along the scrubber: ticks of steps, flags, absences; as shares of the run.

import { absencesOf, marksOf, stepInstants, type TimelineMark } from '../../engine/index';
import type { Run } from '../../scenarios/run';
import { nameOfNode } from '../runActions';
import { lengthText } from '../timeText';

export interface ScrubberFlag {
  readonly key: string;
  /** Share of the run, 0–1. */
  readonly share: number;
  readonly label: string;
  readonly isByUser: boolean;
  /** Its label would lie over its neighbour's, so only the mark is drawn. */
  readonly isLabelHidden: boolean;
}

export interface ScrubberSpan {
  readonly key: string;
  readonly fromShare: number;
  readonly toShare: number;
  readonly label: string;
}

export interface ScrubberMarks {
  /** An SVG path in a box 1000 wide and 1 high. */
  readonly tickPath: string;
  readonly flags: readonly ScrubberFlag[];
  readonly absences: readonly ScrubberSpan[];
}

const TICK_PLACES = 1_000;
/** A label's width as a share of a scrubber of ordinary width. */
const SHARE_PER_CHARACTER = 0.0125;

const VERBS: Readonly<Record<string, string>> = {
  away: 'away',
  back: 'back',
  cut: 'cut',
  restored: 'restored',
  crashed: 'stopped',
  restarted: 'started',
  joined: 'joins',
  stalled: 'stalls',
  resumed: 'goes on',
  isolated: 'cut off',
  rejoined: 'joined again',
  diskFilled: 'disk full',
  diskFreed: 'disk free',
};

export function scrubberMarks(run: Run): ScrubberMarks {
  return { tickPath: tickPath(run), flags: flagsOf(run), absences: spansOf(run) };
}

function tickPath(run: Run): string {
  const places = new Set<number>();
  for (const instant of stepInstants(run.index)) {
    places.add(Math.round((instant / run.horizon) * TICK_PLACES));
  }
  return [...places].map((place) => `M${place} 0V1`).join('');
}

function flagsOf(run: Run): ScrubberFlag[] {
  const found = [...markFlags(run), ...setFlags(run)].sort((a, b) => a.share - b.share);
  const flags: ScrubberFlag[] = [];
  const taken = { until: 0 };
  for (const flag of found) {
    if (flags.some((other) => other.share === flag.share && other.label === flag.label)) continue;
    const half = (flag.label.length * SHARE_PER_CHARACTER) / 2;
    const isLabelHidden = flag.share - half < taken.until;
    if (!isLabelHidden) taken.until = flag.share + half;
    flags.push({ ...flag, isLabelHidden, key: `${flag.share} ${flag.label}` });
  }
  return flags;
}

type FoundFlag = Pick<ScrubberFlag, 'share' | 'label' | 'isByUser'>;

/** What happens to several at one instant is one flag. */
function markFlags(run: Run): FoundFlag[] {
  const { nodes } = run.index.trace.legend;
  const marks = marksOf(run.index).filter(({ kind }) => VERBS[kind] !== undefined);
  return marks.flatMap((mark, place) => {
    const isSame = ({ time, kind }: TimelineMark): boolean =>
      time === mark.time && kind === mark.kind;
    if (marks.findIndex(isSame) < place) return [];
    const names = marks.filter(isSame).map(({ node }) => nodes[node]?.name ?? 'Line');
    const label = `${[...new Set(names)].join(', ')} ${VERBS[mark.kind]}`;
    return [{ share: mark.time / run.horizon, label, isByUser: mark.byUser }];
  });
}

/** What was set in the middle of the run, in the words of the toggle that sets it. */
function setFlags(run: Run): FoundFlag[] {
  return run.spec.interventions.flatMap((act) => {
    if (act.kind !== 'set') return [];
    const value = typeof act.value === 'number' ? lengthText(act.value) : String(act.value);
    const shown = act.target === 'replayWindow' && act.value === 0 ? 'removed' : value;
    const name = act.target === 'replayWindow' ? 'your buffer' : act.target;
    return [{ share: act.at / run.horizon, label: `${name} ${shown}`, isByUser: true }];
  });
}

function spansOf(run: Run): ScrubberSpan[] {
  return absencesOf(run.index).map((absence) => ({
    key: `${absence.id} ${absence.from}`,
    fromShare: absence.from / run.horizon,
    toShare: Math.min(absence.to, run.horizon) / run.horizon,
    label: `${nameOfNode(run, absence.id)} away`,
  }));
}
