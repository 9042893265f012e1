// Builds and serves the app, and tells Vitest which tests are its own.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Plugin, runnerImport } from 'vite';
import { defineConfig } from 'vitest/config';
import { tablesAsHtml } from './.ci/tablesAsHtml.ts';
import { duplexRows, pointRows, summaryRows } from './src/content/comparisons/documents.ts';

/** The app comes after the first paint, but all that it needs is fetched meanwhile. */
const preloadApp: Plugin = {
  name: 'preload-app',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) => {
      const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk');
      const app = chunks.find(({ name }) => name === 'startApp');
      const links = [app?.fileName ?? [], app?.imports ?? []].flat().map((file) => ({
        rel: 'modulepreload',
        href: `./${file}`,
      }));
      const styles = [...(app?.viteMetadata?.importedCss ?? [])].map((file) => ({
        rel: 'stylesheet',
        href: `./${file}`,
      }));
      return [...links, ...styles].map((attrs) => ({
        tag: 'link',
        attrs: { ...attrs, crossorigin: true },
        injectTo: 'head' as const,
      }));
    },
  },
};

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

const appStart = fileURLToPath(new URL('./src/app/startApp.ts', import.meta.url));
const firstView = new Set<string>();

/** Whether the app imports it without waiting for anybody to ask for it. */
function isInFirstView(id: string, graph: ModuleGraph): boolean {
  if (firstView.size === 0) {
    firstView.add(appStart);
    // A set that grows while it is walked is walked to its end.
    for (const known of firstView) {
      for (const imported of graph.getModuleInfo(known)?.importedIds ?? []) firstView.add(imported);
    }
  }
  return firstView.has(id);
}

/** Without JavaScript the page carries the documents' tables, word for word. */
const writtenTables: Plugin = {
  name: 'written-tables',
  transformIndexHtml: (html) =>
    html.replace(
      /<!-- the documents' tables.*?-->/,
      tablesAsHtml([
        { caption: 'What it is', rows: summaryRows },
        { caption: 'How it talks', rows: duplexRows },
        { caption: 'Five points', rows: pointRows },
      ]),
    ),
};

async function sceneTitles() {
  const registry = './src/scenarios/registry.ts';
  const { module } = await runnerImport<typeof import('./src/scenarios/registry')>(registry);
  return module.SCENARIOS.map(({ id, title }) => ({ id, title }));
}

const reportFolder = process.env['TEST_REPORTS'];

export default defineConfig({
  // A relative base lets the built site be served from any sub-path.
  base: './',
  plugins: [react({ compiler: true }), preloadApp, writtenTables],
  // The page lists every scene, and carries the first ones alone.
  define: { __SCENE_TITLES__: JSON.stringify(await sceneTitles()) },
  build: {
    target: 'es2023',
    manifest: true,
    // .ci/bundleBudget.ts has the limits that matter, of what is sent.
    chunkSizeWarningLimit: 1_000,
    // Every browser that reads this script preloads modules itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // One file of all that the first view needs is smaller than the many that others share.
          groups: [
            {
              debugName: 'app',
              name: (id, graph) => (isInFirstView(id, graph) ? 'app' : null),
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  preview: { port: 4173 },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    // A busy machine must not fail a test: none is about time.
    testTimeout: 60_000,
    reporters: reportFolder
      ? ['default', ['json', { outputFile: `${reportFolder}/vitest.json` }]]
      : ['default'],
  },
});
