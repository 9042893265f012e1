// A switch: a button that is on or off and says so by shape, state and word.

import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface SwitchProps {
  readonly isOn: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
  readonly describedBy?: string;
  readonly shortcut?: string;
}

export function Switch({ isOn, onToggle, children, describedBy, shortcut }: SwitchProps): ReactNode {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-describedby={describedBy}
      aria-keyshortcuts={shortcut}
      className={styles['switch']}
      onClick={onToggle}
    >
      <span className={styles['track']} aria-hidden="true" />
      <span>{children}</span>
    </button>
  );
}
