// What the page's parts share: the run as it stands, what is lit and open, and what a press does.
import { useEffect, useMemo, useState } from 'react';
import type { ComparisonRow, ShowMe, Side } from '../../../content/comparisons/comparison';
import { SIDES } from '../../../content/comparisons/comparison';
import type { Measures, SimTime, StageId } from '../../../engine/index';
import { measuresAt } from '../../../engine/index';
import type { Player } from '../../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../../player/usePlayer';
import type { Run } from '../../../scenarios/run';
import { instantOf, litRowOf, noteKey, specOf } from './shownScene';

export interface TableState {
  readonly run: Run;
  readonly time: SimTime;
  /** At the playhead; a stage that the scene lacks is absent. */
  readonly measures: Readonly<Partial<Record<StageId, Measures>>>;
  readonly litRow: ComparisonRow | null;
  readonly openNotes: ReadonlySet<string>;
  readonly show: (row: ComparisonRow, side: Side) => void;
  readonly load: (scene: ShowMe) => void;
  readonly toggleNote: (key: string) => void;
}

/** The note that stands open when the page opens: on what half-duplex means here. */
const OPENING_NOTE = 'duplex-type-kafka';

export function useTableState(player: Player): TableState {
  const run = usePlayer(player, (state) => state.run);
  const time = useCoarseTime(player);
  const [chosen, choose] = useState<string | null>(null);
  const [openNotes, setOpenNotes] = useState<ReadonlySet<string>>(new Set([OPENING_NOTE]));
  const measures = useMemo(() => measuresOf(run, time), [run, time]);
  useEffect(() => showWholeRun(player), [player]);

  const load = (scene: ShowMe): void => {
    player.load(specOf(scene, run.spec.seed), instantOf(scene));
  };
  return {
    run,
    time,
    measures,
    litRow: litRowOf(run, chosen),
    openNotes,
    load,
    show: (row, side) => {
      const { showMe } = row.cells[side];
      if (showMe === null) return;
      choose(row.id);
      setOpenNotes((open) => new Set([...open, noteKey(row, side)]));
      load(showMe);
    },
    toggleNote: (key) => {
      setOpenNotes((open) => {
        const others = [...open].filter((other) => other !== key);
        return new Set(open.has(key) ? others : [...open, key]);
      });
    },
  };
}

function measuresOf(run: Run, time: SimTime): Partial<Record<StageId, Measures>> {
  const shown = SIDES.filter((side) => run.scenario.stages.includes(side));
  return Object.fromEntries(shown.map((side) => [side, measuresAt(run.index, side, time)]));
}

/** At its start a run has measured nothing: the page opens on what the whole run came to. */
function showWholeRun(player: Player): void {
  const { run, time, status } = player.store.getState();
  if (time === 0 && status !== 'playing') player.seek(run.horizon);
}
