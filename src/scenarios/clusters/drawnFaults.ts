// A schedule of faults for a drawn cluster: what breaks, when, for how long; says nothing of what
// must hold then.

import { type Action, type ActionKind, instant } from '../../engine/index';
import type { Drawing } from '../testing/drawing';

/** What can happen to a broker, to a person, to a line. */
export const FAULTS = [
  'broker crash',
  'broker shutdown',
  'broker isolate from brokers',
  'broker isolate from clients',
  'broker disconnect',
  'broker stall',
  'broker fillDisk',
  'brokers cut',
  'client cut',
  'client drop ack',
  'client drop',
  'client crash',
  'client shutdown',
  'client disconnect',
  'client stall',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Whom it can happen to. */
export interface Targets {
  readonly brokers: readonly string[];
  readonly people: readonly string[];
}

export interface FaultLimits {
  readonly faults: readonly Fault[];
  /** No broker, and no line between two, breaks before the last one is whole again. */
  readonly oneBrokerAtATime: boolean;
  /** Everything is whole again when the trouble is over; only those who said goodbye stay away. */
  readonly heals: boolean;
}

/** Faults happen before; in microseconds, like all times here. */
export const TROUBLE = 1_300_000;
const FOREVER = 100_000_000;
const LENGTHS = [20_000, 100_000, 350_000, 600_000, 900_000, FOREVER];
const MOST_FAULTS = 6;
/** A shutdown begins with a heartbeat or two, and may end after whoever restarts it has come. */
const SHUTDOWN_TAKES = 400_000;

interface Half {
  readonly kind: ActionKind;
  readonly target: string;
  readonly value?: string;
}

/** How a fault begins, and what ends it. */
type Episode = readonly [Half, Half | null];

export function drawnFaults(drawing: Drawing, targets: Targets, limits: FaultLimits): Action[] {
  const script: Action[] = [];
  let brokersWholeAt = 0;
  for (let count = drawing.below(MOST_FAULTS + 1); count > 0; count -= 1) {
    const fault = drawing.of(limits.faults);
    const episode = drawnEpisode(drawing, fault, targets);
    let at = drawnInstant(drawing, script);
    let end = at + drawing.of(LENGTHS);
    const isBroken = fault.startsWith('broker');
    if (isBroken && limits.oneBrokerAtATime) {
      at = Math.max(at, brokersWholeAt);
      end = at + drawing.of(LENGTHS.slice(0, -1));
      brokersWholeAt = end + (fault === 'broker shutdown' ? SHUTDOWN_TAKES : 0) + 1_000;
    }
    if (at > TROUBLE) continue;
    if (limits.heals) end = Math.min(end, TROUBLE);
    const [begins, ends] = episode;
    script.push({ at: instant(at), ...begins });
    if (ends === null || end >= FOREVER) continue;
    script.push({ at: instant(end), ...ends });
    if (fault !== 'broker shutdown') continue;
    const lateEnds = [end + SHUTDOWN_TAKES, ...(limits.heals ? [TROUBLE + SHUTDOWN_TAKES] : [])];
    for (const late of lateEnds) script.push({ at: instant(late), ...ends });
  }
  return script.sort((one, other) => one.at - other.at);
}

/** What happens shortly after something else finds more than what happens anywhere. */
function drawnInstant(drawing: Drawing, script: readonly Action[]): number {
  const near = script.map(({ at }) => at as number);
  const base = drawing.of([drawing.below(TROUBLE / 500) * 500, ...near]);
  return Math.min(TROUBLE, base + drawing.below(120) * 500);
}

function drawnEpisode(drawing: Drawing, fault: Fault, { brokers, people }: Targets): Episode {
  const broker = drawing.of(brokers);
  const person = drawing.of(people);
  const target = fault.startsWith('broker') ? broker : person;
  switch (fault) {
    case 'broker crash':
    case 'broker shutdown':
    case 'client crash': {
      const kind = fault === 'broker shutdown' ? 'shutdown' : 'crash';
      return [
        { kind, target },
        { kind: 'restart', target },
      ];
    }
    case 'broker isolate from brokers':
    case 'broker isolate from clients': {
      const value = fault === 'broker isolate from clients' ? 'clients' : 'brokers';
      return [
        { kind: 'isolate', target, value },
        { kind: 'restore', target },
      ];
    }
    case 'broker disconnect':
    case 'client disconnect':
      return [
        { kind: 'disconnect', target },
        { kind: 'reconnect', target },
      ];
    case 'broker stall':
    case 'client stall':
      return [
        { kind: 'stall', target },
        { kind: 'resume', target },
      ];
    case 'broker fillDisk':
      return [
        { kind: 'fillDisk', target },
        { kind: 'fillDisk', target, value: 'off' },
      ];
    case 'brokers cut': {
      const other = drawing.of(brokers);
      return cut([broker, other].sort((one, two) => (one < two ? -1 : 1)).join('-'));
    }
    case 'client cut':
      return cut(`${person}-${broker}`);
    case 'client drop ack':
      return [{ kind: 'drop', target: `${person}-${broker}`, value: 'ack' }, null];
    case 'client drop':
      return [{ kind: 'drop', target: `${person}-${broker}` }, null];
    case 'client shutdown':
      return [{ kind: 'shutdown', target }, null];
  }
}

const cut = (target: string): Episode => [
  { kind: 'cut', target },
  { kind: 'restore', target },
];
