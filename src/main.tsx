// The browser's entry: looks at once, and the app as soon as the first paint has shown them.

import './app/look/fonts.css';
import './app/look/tokens.css';
import './app/look/page.css';

/** Longest wait for a first paint, in milliseconds: a page in the background has none. */
const PATIENCE = 300;

const firstPaint = new Promise<void>((resolve) => {
  const observer = new PerformanceObserver(() => resolve());
  observer.observe({ type: 'paint', buffered: true });
  setTimeout(resolve, PATIENCE);
});

const root = document.getElementById('root');
if (root !== null) {
  void firstPaint.then(() => import('./app/startApp')).then(({ startApp }) => startApp(root));
}
