// A line of a form: its label, its control, and what it is for.

import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly helpId?: string | undefined;
  readonly children: ReactNode;
}

export function Field({ label, help, helpId, children }: FieldProps): ReactNode {
  return (
    <div className={styles['field']}>
      <span className={styles['fieldLabel']}>{label}</span>
      {children}
      {help !== undefined && help !== '' && (
        <span className={styles['fieldHelp']} id={helpId}>
          {help}
        </span>
      )}
    </div>
  );
}
