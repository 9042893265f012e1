// A whole number typed in: handed on when the field is left or Enter is pressed, if in range.

import type { ReactNode } from 'react';
import { useState } from 'react';
import styles from './controls.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit?: string | undefined;
  readonly describedBy?: string;
  readonly onCommit: (value: number) => void;
}

export function NumberField(props: NumberFieldProps): ReactNode {
  // A value from outside starts a new field: what was typed belongs to the old value.
  return <TypedNumber key={props.value} {...props} />;
}

function TypedNumber(props: NumberFieldProps): ReactNode {
  const { label, value, min, max, unit, describedBy, onCommit } = props;
  const [text, setText] = useState(String(value));
  const typed = /^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  const isInRange = typed >= min && typed <= max;
  const commit = (): void => {
    if (isInRange && typed !== value) onCommit(typed);
    if (!isInRange) setText(String(value));
  };
  return (
    <span className={styles['unit']}>
      <input
        className={styles['input']}
        type="text"
        inputMode="numeric"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={!isInRange}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      {unit}
    </span>
  );
}
