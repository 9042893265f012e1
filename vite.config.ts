// Builds and serves the app, and tells Vitest which tests are its own.
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
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
  plugins: [react({ compiler: true }), preloadApp, writtenTables],
  build: {
    target: 'es2023',
    manifest: true,
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
