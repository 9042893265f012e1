// One stage's diagram with its title, its share of both at once and a sentence; keys walk its
// marks.

import type { ReactNode } from 'react';
import { useCallback, useId, useMemo, useRef, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { messageName, type StageId } from '../../../../engine/index';
import type { Player } from '../../../../player/createPlayer';
import { useCoarseTime, usePlayer } from '../../../../player/usePlayer';
import { measuresScene } from '../../../../stage/measures/measuresScene';
import { type DiagramMark, messageNameOf } from '../../../../stage/spacetime/diagramMarks';
import { markSentence } from '../../../../stage/spacetime/markWords';
import { SpacetimeView } from '../../../../stage/spacetime/SpacetimeView';
import type { SpacetimeScene } from '../../../../stage/spacetime/spacetimeScene';
import { stageCaption, stageSubtitle } from '../../../../stage/spacetime/stageSentences';
import { type StageStory, stageStory } from '../../../../stage/spacetime/story/stageStory';
import type { View } from '../../../createView';
import { useView } from '../../../createView';
import { STAGE_WORDS } from '../stageWords';
import { type Cursor, stressOf } from './createStress';
import styles from './SpacetimePanel.module.css';
import { type MarkActions, useDiagramKeys } from './useDiagramKeys';
import type { WindowControl } from './useTimeWindow';

export interface StageDiagramProps {
  readonly player: Player;
  readonly view: View;
  readonly stage: StageId;
  readonly bookmarks: readonly number[];
  readonly control: WindowControl;
  readonly cursor: StoreApi<Cursor>;
  /** Says one sentence, politely. */
  readonly say: (sentence: string) => void;
  /** A message was picked, by its name; empty: a mark without one. */
  readonly pickMessage: (name: string) => void;
}

const KEYS =
  'Arrow keys go from mark to mark, Home and End to the first and last, Enter goes to its time, ' +
  'Enter again shows its journey and bytes, plus and minus zoom, Escape lets go.';

export function StageDiagram(props: StageDiagramProps): ReactNode {
  const { player, view, stage, bookmarks, control, cursor } = props;
  const run = usePlayer(player, (state) => state.run);
  const lens = useView(view, (state) => state.lens);
  const id = useId();
  const { title } = STAGE_WORDS[stage];
  const scene = useRef<SpacetimeScene>(null);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const onScene = useCallback((drawn: SpacetimeScene): void => {
    scene.current = drawn;
    setNotes((before) => (before.join() === drawn.notes.join() ? before : drawn.notes));
  }, []);
  const stress = useMemo(() => stressOf(view, cursor, stage), [view, cursor, stage]);
  const story = stageStory(run.index, stage);
  const marks = useMarkActions(story, props);
  const keys = useDiagramKeys(scene, props, marks);
  const actions = useMemo(
    () => ({ hover: marks.choose, pick: marks.pick, move: control.move, zoom: control.zoom }),
    [marks, control],
  );
  return (
    <div className={styles['stage']} data-moments={stage}>
      <div className={styles['title']}>
        <h3>{title}</h3>
        <p className={styles['subtitle']}>{stageSubtitle(story)}</p>
        <Verdict {...props} />
      </div>
      <div
        className={styles['sheet']}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its arrow keys walk the marks.
        tabIndex={0}
        aria-label={`${title}: diagram of all moments`}
        aria-describedby={id}
        {...keys}
      >
        <SpacetimeView
          index={run.index}
          stage={stage}
          stages={run.scenario.stages}
          lens={lens}
          window={control.window}
          bookmarks={bookmarks}
          actions={actions}
          getTime={player.getTime}
          subscribeTime={player.subscribeTime}
          {...stress}
          onScene={onScene}
        />
      </div>
      <p id={id} className="visuallyHidden">
        {KEYS}
      </p>
      <Sentence {...props} />
      {notes.map((note) => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
    </div>
  );
}

/** Choosing stresses a message everywhere; picking also goes to its time and reads its details. */
function useMarkActions(
  story: StageStory,
  { player, view, say, pickMessage }: StageDiagramProps,
): MarkActions {
  return useMemo(() => {
    const choose = (mark: DiagramMark | null): void => {
      const name = mark === null ? '' : messageNameOf(story, mark);
      const chosenMessage = name === '' ? null : name;
      if (view.store.getState().chosenMessage !== chosenMessage) view.set({ chosenMessage });
    };
    const pick = (mark: DiagramMark): void => {
      player.seek(mark.time);
      choose(mark);
      say(markSentence(story, mark));
      pickMessage(messageNameOf(story, mark));
    };
    const inspect = (mark: DiagramMark): void => {
      const name = messageNameOf(story, mark);
      if (name !== '') view.set({ inspected: name });
    };
    return { choose, pick, inspect };
  }, [story, player, view, say, pickMessage]);
}

function Verdict({ player, view, stage }: StageDiagramProps): ReactNode {
  const index = usePlayer(player, (state) => state.run.index);
  const time = useCoarseTime(player);
  const lens = useView(view, (state) => state.lens);
  const { verdict } = measuresScene({ index, stage, time, lens });
  return (
    <p className={styles['verdict']} data-both={verdict.isBoth}>
      <strong>{verdict.text}</strong> {verdict.label}
    </p>
  );
}

/** What the picture shows of the run, or of the message that is chosen. */
function Sentence({ player, view, stage }: StageDiagramProps): ReactNode {
  const index = usePlayer(player, (state) => state.run.index);
  const time = useCoarseTime(player);
  const chosen = useView(view, (state) => state.chosenMessage);
  const isChosen =
    chosen === null ? null : (message: number) => messageName(index.trace, message) === chosen;
  return (
    <p className={styles['sentence']}>{stageCaption(stageStory(index, stage), time, isChosen)}</p>
  );
}
