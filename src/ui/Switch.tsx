// A switch: a button that is on or off and says so by shape, state and word.

import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface SwitchProps {
  readonly isOn: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
  readonly shortcut?: string;
}

export function Switch(props: SwitchProps): ReactNode {
  const { isOn, onToggle, children, shortcut } = props;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-keyshortcuts={shortcut}
      className={styles['switch']}
      onClick={onToggle}
    >
      <span className={styles['track']} aria-hidden="true" />
      <span>{children}</span>
    </button>
  );
}
