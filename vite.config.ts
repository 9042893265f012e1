// Builds and serves the app, and tells Vitest which tests are its own.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Plugin, runnerImport } from 'vite';
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

/** The page lists every scene, and carries the first ones alone. */
async function findSceneTitles() {
  const registry = './src/scenarios/registry.ts';
  const { module } = await runnerImport<typeof import('./src/scenarios/registry')>(registry);
  return module.SCENARIOS.map(({ id, title }) => ({ id, title }));
}

const sceneTitles = { __SCENE_TITLES__: JSON.stringify(await findSceneTitles()) };

const appStart = fileURLToPath(new URL('./src/app/startApp.ts', import.meta.url));

/** What the app needs of its modules without waiting for anybody to ask for more. */
async function firstViewModules(): Promise<ReadonlySet<string>> {
  const withoutTheRest: Plugin = {
    name: 'without-the-rest',
    resolveDynamicImport: () => ({ id: 'fetched-later', external: true }),
  };
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [react({ compiler: true }), withoutTheRest],
    define: sceneTitles,
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: appStart, preserveEntrySignatures: 'strict' },
    },
  });
  const files = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const chunks = files.filter((file) => file.type === 'chunk');
  return new Set(chunks.flatMap((chunk) => Object.keys(chunk.modules)));
}

/** One file of all that the first view needs is smaller than the many that others share. */
const oneFirstFile: Plugin = {
  name: 'one-first-file',
  apply: 'build',
  config: async () => {
    const needed = await firstViewModules();
    const group = {
      debugName: 'app',
      name: (id: string) => (needed.has(id) ? 'app' : null),
      includeDependenciesRecursively: false,
    };
    return { build: { rolldownOptions: { output: { codeSplitting: { groups: [group] } } } } };
  },
};

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

const reportFolder = process.env['TEST_REPORTS'];

export default defineConfig({
  // A relative base lets the built site be served from any sub-path.
  base: './',
  plugins: [react({ compiler: true }), oneFirstFile, preloadApp, writtenTables],
  define: sceneTitles,
  build: {
    target: 'es2023',
    manifest: true,
    // .ci/bundleBudget.ts has the limits that matter, of what is sent.
    chunkSizeWarningLimit: 1_000,
    // Every browser that reads this script preloads modules itself.
    modulePreload: { polyfill: false },
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
