// A native select with its label.

import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface SelectProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
  /** The pointer or the focus has come to it: it may be opened next. */
  readonly onApproach?: () => void;
}

export function Select({ label, options, value, onChoose, onApproach }: SelectProps): ReactNode {
  return (
    <select
      className={styles['select']}
      aria-label={label}
      value={value}
      onFocus={onApproach}
      onPointerEnter={onApproach}
      onChange={(event) => onChoose(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
