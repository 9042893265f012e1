// The bar at the top: the mark, the pages that exist, and the theme.

import { Moon, Sun, SunMoon } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { IconButton } from '../../ui/Button';
import type { Page } from '../address/address';
import type { View } from '../createView';
import { useView } from '../createView';
import type { Theme } from '../storedSettings';
import styles from './TopBar.module.css';

const TITLES: Readonly<Record<Page, string>> = { compare: 'Compare', tables: 'Tables' };
const NEXT_THEME: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };

interface TopBarProps {
  readonly view: View;
}

export function TopBar({ view }: TopBarProps): ReactNode {
  return (
    <header className={styles['bar']}>
      <div className={styles['inner']}>
        <a className={styles['name']} href="./" aria-label="Both Ways, start">
          <Mark />
          <span className={styles['word']}>Both Ways</span>
        </a>
        <nav aria-label="Pages" className={styles['pages']}>
          <PageLink view={view} page="compare" />
          <PageLink view={view} page="tables" />
        </nav>
        <ThemeButton view={view} />
      </div>
    </header>
  );
}

/** A circle and a square with what is between them: the two directions. */
function Mark(): ReactNode {
  return (
    <svg width="34" height="16" viewBox="0 0 34 16" aria-hidden="true">
      <rect x="13" y="0" width="6" height="16" fill="var(--both)" />
      <circle cx="8" cy="8" r="7.5" fill="var(--a)" />
      <rect x="19" y="1" width="14" height="14" rx="2" fill="var(--b)" />
    </svg>
  );
}

function PageLink({ view, page }: TopBarProps & { readonly page: Page }): ReactNode {
  const current = useView(view, (state) => state.page);
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    view.set({ page });
  };
  return (
    <a
      className={styles['page']}
      href={page === 'compare' ? './' : `?v=1&page=${page}`}
      aria-current={page === current ? 'page' : undefined}
      onClick={open}
    >
      {TITLES[page]}
    </a>
  );
}

function ThemeButton({ view }: TopBarProps): ReactNode {
  const theme = useView(view, (state) => state.settings.theme);
  const next = NEXT_THEME[theme];
  return (
    <IconButton
      label={`Theme: ${theme}. Change to ${next}`}
      onClick={() => view.changeSettings({ theme: next })}
    >
      {theme === 'auto' && <SunMoon size={20} aria-hidden="true" />}
      {theme === 'light' && <Sun size={20} aria-hidden="true" />}
      {theme === 'dark' && <Moon size={20} aria-hidden="true" />}
    </IconButton>
  );
}
