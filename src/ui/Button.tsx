// Buttons: with words, with an icon alone, and the round one; they know no domain.

import type { ComponentProps, ReactNode } from 'react';
import styles from './controls.module.css';

type NativeButton = Omit<ComponentProps<'button'>, 'className' | 'type'>;

interface ButtonProps extends NativeButton {
  readonly look?: 'framed' | 'plain';
}

export function Button({ look = 'framed', ...rest }: ButtonProps): ReactNode {
  const className = look === 'plain' ? styles['plain'] : styles['button'];
  return <button type="button" className={className} {...rest} />;
}

interface IconButtonProps extends NativeButton {
  /** Its name for those who do not see the icon, and its tooltip. */
  readonly label: string;
  readonly look?: 'bare' | 'round';
}

export function IconButton({ label, look = 'bare', ...rest }: IconButtonProps): ReactNode {
  const className = look === 'round' ? styles['round'] : styles['icon'];
  return <button type="button" className={className} aria-label={label} title={label} {...rest} />;
}
