// A row of choices of which exactly one holds; native radio buttons underneath, so arrow keys work.

import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './controls.module.css';

export interface SegmentOption<Value> {
  readonly value: Value;
  readonly text: string;
  /** What a screen reader says where the text is a sign. */
  readonly spoken?: string;
}

interface SegmentProps<Value extends string | number> {
  readonly label: string;
  readonly options: readonly SegmentOption<Value>[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}

export function Segment<Value extends string | number>({
  label,
  options,
  value,
  onChoose,
}: SegmentProps<Value>): ReactNode {
  const name = useId();
  return (
    <fieldset className={styles['segment']}>
      <legend className="visuallyHidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            aria-label={option.spoken}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
