// Every measure that a page bears: its name there, its label, its unit and how its value is read.

import type { Lens, Measures } from '../../engine/index';

type Unit = 'count' | 'share' | 'milliseconds' | 'bytes' | 'perSecond';

export interface MeasureMeaning {
  /** The value of `data-measure`. */
  readonly name: string;
  readonly label: string;
  readonly unit: Unit;
  readonly read: (measures: Measures) => number | null;
}

type Plain = Exclude<keyof Measures, 'latencyMs' | 'transitMs'>;

const plain = (name: Plain, label: string, unit: Unit = 'count'): MeasureMeaning => ({
  name,
  label,
  unit,
  read: (measures) => measures[name],
});

/** In the order of the ledger, then of the measures. */
export const MEASURES: readonly MeasureMeaning[] = [
  plain('sent', 'sent'),
  plain('delivered', 'arrived'),
  plain('waiting', 'waiting'),
  plain('inFlight', 'on the way'),
  plain('missed', 'missed'),
  plain('duplicated', 'arrived twice'),
  plain('reordered', 'out of order'),
  plain('stored', 'can be read again'),
  plain('recovered', 'caught up from storage'),
  plain('overlapParticipant', 'both at once, person', 'share'),
  plain('overlapConnection', 'both at once, connection', 'share'),
  plain('overlapWire', 'both at once, wire', 'share'),
  {
    name: 'latencyP50',
    label: 'from wanting to arriving, median',
    unit: 'milliseconds',
    read: ({ latencyMs }) => latencyMs.p50,
  },
  {
    name: 'latencyP99',
    label: 'from wanting to arriving, 99th percentile',
    unit: 'milliseconds',
    read: ({ latencyMs }) => latencyMs.p99,
  },
  {
    name: 'transitP50',
    label: 'on the way, median',
    unit: 'milliseconds',
    read: ({ transitMs }) => transitMs.p50,
  },
  {
    name: 'transitP99',
    label: 'on the way, 99th percentile',
    unit: 'milliseconds',
    read: ({ transitMs }) => transitMs.p99,
  },
  plain('throughputPerSecond', 'arriving a second', 'perSecond'),
  plain('lag', 'behind'),
  plain('connections', 'open connections'),
  plain('handshakes', 'opening handshakes'),
  plain('overheadBytesPerMessage', 'wrapping a message', 'bytes'),
  plain('controlBytesPerMessage', 'control traffic a message', 'bytes'),
  plain('buffered', 'buffered', 'bytes'),
  plain('hops', 'hops'),
  plain('unsolicited', 'came without being asked for'),
  plain('coupled', 'sends that need the reader online', 'share'),
  plain('reach', 'reached by a broadcast', 'share'),
];

/** The overlap that a lens shows. */
export const OVERLAP_OF_LENS = {
  conversation: 'overlapParticipant',
  connection: 'overlapConnection',
  wire: 'overlapWire',
} as const satisfies Record<Lens, keyof Measures>;
