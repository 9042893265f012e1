// What the first sight leaves out: speed, seed, lens, parameters, link, loop, model card.

import { BookOpen, Keyboard, Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Lens } from '../../engine/index';
import type { Player } from '../../player/createPlayer';
import { usePlayer } from '../../player/usePlayer';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { NumberField } from '../../ui/NumberField';
import { Segment } from '../../ui/Segment';
import { Switch } from '../../ui/Switch';
import { currentLink } from '../address/currentAddress';
import type { View } from '../createView';
import { useView } from '../createView';
import { changeSeed } from '../runActions';
import type { Motion } from '../storedSettings';
import { FaultFields } from './FaultFields';
import styles from './MorePanel.module.css';
import { ParameterFields } from './ParameterFields';
import { SpeedSegment } from './SpeedSegment';

const LARGEST_SEED = 4_294_967_295;
const LENS_OPTIONS: readonly { readonly value: Lens; readonly text: string }[] = [
  { value: 'wire', text: 'wire' },
  { value: 'connection', text: 'connection' },
  { value: 'conversation', text: 'conversation' },
];
const MOTION_OPTIONS: readonly { readonly value: Motion; readonly text: string }[] = [
  { value: 'auto', text: 'auto' },
  { value: 'flight', text: 'flight' },
  { value: 'stations', text: 'stations' },
];

interface MorePanelProps {
  readonly player: Player;
  readonly view: View;
}

export function MorePanel({ player, view }: MorePanelProps): ReactNode {
  return (
    <div className={styles['panel']}>
      <div className={styles['section']}>
        <Looking player={player} view={view} />
        <section aria-label="Break something" className={styles['section']}>
          <h2>Break something</h2>
          <FaultFields player={player} />
        </section>
        <Actions player={player} view={view} />
      </div>
      <section aria-label="This scene" className={styles['section']}>
        <h2>This scene</h2>
        <ParameterFields player={player} />
      </section>
    </div>
  );
}

function Looking({ player, view }: MorePanelProps): ReactNode {
  const lens = useView(view, (state) => state.lens);
  const motion = useView(view, (state) => state.settings.motion);
  const isLooping = usePlayer(player, (state) => state.isLooping);
  return (
    <section aria-label="Looking at it" className={styles['section']}>
      <h2>Looking at it</h2>
      <Field label="Speed">
        <SpeedSegment player={player} isWhole={true} />
      </Field>
      <Field
        label="Look at"
        help="The number and the ribbon follow: bytes on the line, messages on one connection, or what a person does."
      >
        <Segment
          label="Look at"
          options={LENS_OPTIONS}
          value={lens}
          onChoose={(chosen) => view.set({ lens: chosen })}
        />
      </Field>
      <Field label="Motion">
        <Segment
          label="Motion"
          options={MOTION_OPTIONS}
          value={motion}
          onChoose={(chosen) => view.changeSettings({ motion: chosen })}
        />
      </Field>
      <SeedField player={player} />
      <Field label="Start over at the end">
        <Switch isOn={isLooping} onToggle={player.toggleLoop}>
          Loop
        </Switch>
      </Field>
    </section>
  );
}

function SeedField({ player }: { readonly player: Player }): ReactNode {
  const seed = usePlayer(player, (state) => state.runSpec.seed);
  return (
    <Field label="Seed" help="The same seed gives the same run, in every browser.">
      <NumberField
        label="Seed"
        value={seed}
        min={0}
        max={LARGEST_SEED}
        onCommit={(typed) => changeSeed(player, typed)}
      />
    </Field>
  );
}

function Actions({ player, view }: MorePanelProps): ReactNode {
  return (
    <div className={styles['actions']}>
      <CopyLink player={player} view={view} />
      <Button onClick={() => view.set({ openDialog: 'modelCard' })}>
        <BookOpen size={18} aria-hidden="true" /> Model card
      </Button>
      <Button onClick={() => view.set({ openDialog: 'help' })}>
        <Keyboard size={18} aria-hidden="true" /> Keys
      </Button>
    </div>
  );
}

/** Where the clipboard is closed, the link itself is shown, to be copied by hand. */
function CopyLink({ player, view }: MorePanelProps): ReactNode {
  const [answer, setAnswer] = useState<{ text: string; link: string | null }>();
  const copy = async (): Promise<void> => {
    const link = await currentLink(player, view);
    try {
      await navigator.clipboard.writeText(link);
      setAnswer({ text: 'Copied: this very moment.', link: null });
    } catch {
      setAnswer({ text: 'The browser keeps the clipboard closed; copy it here:', link });
    }
  };
  return (
    <div className={styles['copy']}>
      <Button onClick={() => void copy()}>
        <Link2 size={18} aria-hidden="true" /> Copy link
      </Button>
      <output>{answer?.text}</output>
      {typeof answer?.link === 'string' && (
        <input readOnly aria-label="Link to this moment" value={answer.link} />
      )}
    </div>
  );
}
