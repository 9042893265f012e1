// Everything that can be broken in this scene, and mended again, at the playhead.

import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import type { Player } from '../../player/createPlayer';
import { usePlayer } from '../../player/usePlayer';
import type { Scenario } from '../../scenarios/defineScenario';
import type { InterventionKind, Run } from '../../scenarios/run';
import { ACTION_VALUES, targetsOf } from '../../scenarios/targets';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Select } from '../../ui/Select';
import { nameOfNode } from '../runActions';
import styles from './MorePanel.module.css';

/** In words, in the order in which they are met; `set` has controls of its own. */
const FAULTS: readonly { readonly value: InterventionKind; readonly text: string }[] = [
  { value: 'crash', text: 'Crash' },
  { value: 'restart', text: 'Start again' },
  { value: 'shutdown', text: 'Shut down in order' },
  { value: 'stall', text: 'Stall' },
  { value: 'resume', text: 'Let go on' },
  { value: 'disconnect', text: 'Disconnect' },
  { value: 'reconnect', text: 'Reconnect' },
  { value: 'isolate', text: 'Isolate a broker' },
  { value: 'cut', text: 'Cut a line' },
  { value: 'restore', text: 'Join a line, or end an isolation' },
  { value: 'drop', text: 'Lose what comes next on a line' },
  { value: 'fillDisk', text: 'Fill a disk' },
];

const VALUE_WORDS: Readonly<Record<string, string>> = {
  brokers: 'from the other brokers',
  clients: 'from the clients',
  on: 'full',
  off: 'free again',
  ack: 'an acknowledgement, and its connection',
};
/** What comes next, whatever it is: the kind's own meaning, without a value. */
const WHATEVER = '';

interface FaultFieldsProps {
  readonly player: Player;
}

export function FaultFields({ player }: FaultFieldsProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const targets = useMemo(() => targetsByKind(run.scenario), [run.scenario]);
  const faults = FAULTS.filter(({ value }) => (targets.get(value)?.length ?? 0) > 0);
  const [chosenKind, chooseKind] = useState<InterventionKind>('crash');
  const [chosenTarget, chooseTarget] = useState('');
  const [chosenValue, chooseValue] = useState(WHATEVER);
  const kind = faults.some(({ value }) => value === chosenKind) ? chosenKind : faults[0]?.value;
  if (kind === undefined) return null;
  const known = targets.get(kind) ?? [];
  const target = known.includes(chosenTarget) ? chosenTarget : (known[0] ?? '');
  const values = valuesOf(kind);
  const value = values.includes(chosenValue) ? chosenValue : values[0];
  const act = (): void => {
    player.act({ kind, target, ...(value ? { value } : {}) });
  };
  return (
    <>
      <Field label="What" help="It happens at the playhead; what came before stays as it was.">
        <Select
          label="What happens"
          options={faults}
          value={kind}
          onChoose={(chosen) => chooseKind(chosen as InterventionKind)}
        />
      </Field>
      <Field label="To whom">
        <Select
          label="To whom it happens"
          options={known.map((id) => ({ value: id, text: targetText(run, id) }))}
          value={target}
          onChoose={chooseTarget}
        />
      </Field>
      {values.length > 0 && (
        <Field label="How">
          <Select
            label="How it happens"
            options={values.map((word) => ({ value: word, text: VALUE_WORDS[word] ?? 'anything' }))}
            value={value ?? WHATEVER}
            onChoose={chooseValue}
          />
        </Field>
      )}
      <div className={styles['copy']}>
        <Button onClick={act}>Do it now</Button>
      </div>
    </>
  );
}

function targetsByKind(scenario: Scenario): ReadonlyMap<InterventionKind, readonly string[]> {
  return new Map(FAULTS.map(({ value }) => [value, targetsOf(scenario, value)]));
}

/** A drop may take anything; the others say which. */
function valuesOf(kind: InterventionKind): readonly string[] {
  const values = ACTION_VALUES[kind] ?? [];
  return kind === 'drop' ? [WHATEVER, ...values] : values;
}

/** The ends of a line by their names: `A-broker-1` is Ana and broker 1. */
function targetText(run: Run, id: string): string {
  const { links, nodes } = run.index.trace.legend;
  const line = links.find((link) => link.id === id);
  if (line === undefined) return nameOfNode(run, id);
  return line.ends.map((end) => nodes[end]?.name ?? id).join(' and ');
}
