// Chooses the scene: tabs for the first few, a native select for the rest.

import type { ReactNode } from 'react';
import type { Player } from '../../player/createPlayer';
import { usePlayer } from '../../player/usePlayer';
import { Select } from '../../ui/Select';
import { useMedia } from '../../ui/useMedia';
import { chooseScene } from '../runActions';
import { SCENE_TITLES } from '../scenes';
import styles from './ScenePicker.module.css';

/** So many scenes fit beside the toggles as tabs. */
const TAB_COUNT = 4;
const NONE_CHOSEN = '';

interface ScenePickerProps {
  readonly player: Player;
}

export function ScenePicker({ player }: ScenePickerProps): ReactNode {
  const current = usePlayer(player, ({ fetching, runSpec }) => (fetching ?? runSpec).scenarioId);
  const isWide = useMedia('(width >= 1280px)');
  const tabs = isWide ? SCENE_TITLES.slice(0, TAB_COUNT) : [];
  const others = isWide ? SCENE_TITLES.slice(TAB_COUNT) : SCENE_TITLES;
  const isAmongOthers = others.some(({ id }) => id === current);
  const options = others.map(({ id, title }) => ({ value: id, text: title }));
  const choose = (id: string): void => {
    if (id !== NONE_CHOSEN) chooseScene(player, id);
  };
  /** Whoever opens the list may want a scene that is not here yet. */
  const fetchAhead = (): void => {
    player.scenarios.fetch(() => undefined);
  };
  return (
    <fieldset className={styles['scenes']}>
      <legend className="visuallyHidden">Scene</legend>
      {isWide && <span className={styles['word']}>Scene</span>}
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          className={styles['tab']}
          aria-pressed={id === current}
          onClick={() => choose(id)}
        >
          {title}
        </button>
      ))}
      <span className={styles['others']} data-current={isAmongOthers}>
        <Select
          label={isWide ? 'More scenes' : 'Scene'}
          options={
            isAmongOthers ? options : [{ value: NONE_CHOSEN, text: 'More scenes' }, ...options]
          }
          value={isAmongOthers ? current : NONE_CHOSEN}
          onChoose={choose}
          onApproach={fetchAhead}
        />
      </span>
    </fieldset>
  );
}
