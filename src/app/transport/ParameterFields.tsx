// A control for each of the scene’s parameters, from its definitions; a change runs it anew.

import type { ReactNode } from 'react';
import { useId } from 'react';
import { helpOf } from '../../content/parameterHelp';
import type { Player } from '../../player/createPlayer';
import { usePlayer } from '../../player/usePlayer';
import type { ParameterDefinition, ParameterValue } from '../../scenarios/defineScenario';
import { Field } from '../../ui/Field';
import { NumberField } from '../../ui/NumberField';
import { Segment } from '../../ui/Segment';
import { changeParameter } from '../runActions';
import { defaultText, unitOf } from './parameterText';

/** These come first: they are what a comparison is usually asked about. */
const ASKED_FIRST = ['mode', 'prefetch', 'linger.ms', 'acks'];

function inAskedOrder(definitions: readonly ParameterDefinition[]): ParameterDefinition[] {
  const isFirst = ({ name }: ParameterDefinition): boolean => ASKED_FIRST.includes(name);
  const first = ASKED_FIRST.flatMap((name) =>
    definitions.filter((definition) => definition.name === name),
  );
  return [...first, ...definitions.filter((definition) => !isFirst(definition))];
}

interface ParameterFieldsProps {
  readonly player: Player;
}

export function ParameterFields({ player }: ParameterFieldsProps): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  return inAskedOrder(run.scenario.parameters).map((definition) => (
    <ParameterField
      key={`${run.scenario.id} ${definition.name}`}
      definition={definition}
      value={run.parameters[definition.name] ?? definition.default}
      onChange={(value) => changeParameter(player, definition.name, value)}
    />
  ));
}

interface ParameterFieldProps {
  readonly definition: ParameterDefinition;
  readonly value: ParameterValue;
  readonly onChange: (value: ParameterValue) => void;
}

function ParameterField({ definition, value, onChange }: ParameterFieldProps): ReactNode {
  const helpId = useId();
  return (
    <Field
      label={definition.label}
      help={`${helpOf(definition)} ${defaultText(definition)}`}
      helpId={helpId}
    >
      <ParameterControl
        definition={definition}
        value={value}
        onChange={onChange}
        describedBy={helpId}
      />
    </Field>
  );
}

interface ParameterControlProps extends ParameterFieldProps {
  readonly describedBy: string;
}

function ParameterControl(props: ParameterControlProps): ReactNode {
  const { definition, value, onChange, describedBy } = props;
  const { label, type, options } = definition;
  if (type === 'choice') {
    return (
      <Segment
        label={label}
        options={options.map((option) => ({ value: option, text: option }))}
        value={String(value)}
        onChoose={onChange}
      />
    );
  }
  const number = Number(value);
  const { scale, name } = unitOf(definition, number);
  return (
    <NumberField
      label={label}
      value={number / scale}
      min={Math.ceil((definition.min ?? 0) / scale)}
      max={Math.floor((definition.max ?? Number.MAX_SAFE_INTEGER) / scale)}
      unit={name ?? undefined}
      describedBy={describedBy}
      onCommit={(typed) => onChange(typed * scale)}
    />
  );
}
