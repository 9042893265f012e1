// One line that says what the marks mean; the marks are those of the stage, drawn small.

import type { ReactNode } from 'react';
import styles from './Legend.module.css';

interface LegendProps {
  /** The names of the two people. */
  readonly names: readonly [string, string];
}

export function Legend({ names: [first, second] }: LegendProps): ReactNode {
  return (
    <ul className={styles['legend']} aria-label="Legend">
      <li>
        <svg width="34" height="16" viewBox="0 0 34 16" aria-hidden="true">
          <path d="M0 8H20" stroke="var(--a)" strokeWidth="3" opacity="0.6" />
          <circle cx="26" cy="8" r="8" fill="var(--a)" />
        </svg>
        {first} to {second}
      </li>
      <li>
        <svg width="34" height="16" viewBox="0 0 34 16" aria-hidden="true">
          <rect x="0" y="1" width="14" height="14" rx="2" fill="var(--b)" />
          <path
            d="M17 8H34"
            stroke="var(--b)"
            strokeWidth="3"
            strokeDasharray="5 3"
            opacity="0.6"
          />
        </svg>
        {second} to {first}
      </li>
      <li>
        <svg width="18" height="22" viewBox="0 0 18 22" aria-hidden="true">
          <rect
            x="1"
            y="1"
            width="16"
            height="20"
            rx="3"
            fill="var(--a-tint)"
            stroke="var(--a)"
            strokeWidth="1.5"
          />
          <circle cx="9" cy="8" r="4" fill="var(--a)" />
        </svg>
        stored
      </li>
      <li>
        <svg width="20" height="16" viewBox="0 0 20 16" aria-hidden="true">
          <rect width="20" height="16" rx="3" fill="var(--both)" />
        </svg>
        both at once
      </li>
    </ul>
  );
}
