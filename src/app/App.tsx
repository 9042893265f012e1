// The whole page: bar, notices, the page that is open, dialogs; each view behind its own boundary.

import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useLayoutEffect } from 'react';
import type { Player } from '../player/createPlayer';
import { usePlayer } from '../player/usePlayer';
import { Notice } from '../ui/Notice';
import { ViewBoundary } from '../ui/ViewBoundary';
import type { Page } from './address/address';
import type { View } from './createView';
import { useView } from './createView';
import { listenToKeys } from './keyboard';
import { Loading } from './Loading';
import { ComparePage } from './pages/compare/ComparePage';
import type { SettledMark } from './settled';
import { TopBar } from './shell/TopBar';

const TablesPage = lazy(() => import('./pages/tables/TablesPage'));
const HelpDialog = lazy(() =>
  import('./shell/HelpDialog').then((module) => ({ default: module.HelpDialog })),
);
const ModelCard = lazy(() =>
  import('./shell/ModelCard').then((module) => ({ default: module.ModelCard })),
);

const PAGE_TITLES: Readonly<Record<Page, string>> = {
  compare: 'Both Ways: WebSocket and Kafka on one clock',
  tables: 'Tables – Both Ways',
};

export interface AppProps {
  readonly player: Player;
  readonly view: View;
  readonly settled: SettledMark;
  /** Called once the page stands. */
  readonly onShown: () => void;
}

export function App({ player, view, settled, onShown }: AppProps): ReactNode {
  const page = useView(view, (state) => state.page);
  const theme = useView(view, (state) => state.settings.theme);
  useEffect(() => listenToKeys(player, view), [player, view]);
  useEffect(onShown, [onShown]);
  useEffect(() => {
    document.title = PAGE_TITLES[page];
  }, [page]);
  useLayoutEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <>
      <ViewBoundary name="The bar at the top">
        <TopBar view={view} />
      </ViewBoundary>
      <Notices player={player} view={view} />
      {page === 'compare' ? (
        <ComparePage player={player} view={view} settled={settled} />
      ) : (
        <ViewBoundary name="The tables">
          <Suspense fallback={<Loading settled={settled} />}>
            <TablesPage player={player} view={view} settled={settled} />
          </Suspense>
        </ViewBoundary>
      )}
      <Dialogs player={player} view={view} settled={settled} />
    </>
  );
}

function Notices({ player, view }: Pick<AppProps, 'player' | 'view'>): ReactNode {
  const notices = useView(view, (state) => state.notices);
  const problems = usePlayer(player, (state) => state.problems);
  const dismiss = (): void => {
    view.set({ notices: [] });
    player.dismissProblems();
  };
  return <Notice sentences={[...notices, ...problems]} onDismiss={dismiss} />;
}

function Dialogs({ player, view, settled }: Omit<AppProps, 'onShown'>): ReactNode {
  const openDialog = useView(view, (state) => state.openDialog);
  if (openDialog === 'none') return null;
  return (
    <ViewBoundary name="This dialog">
      <Suspense fallback={<Loading settled={settled} />}>
        {openDialog === 'help' ? (
          <HelpDialog view={view} />
        ) : (
          <ModelCard player={player} view={view} />
        )}
      </Suspense>
    </ViewBoundary>
  );
}
