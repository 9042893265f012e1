// Builds and serves the app, and tells Vitest which tests are its own.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const reportFolder = process.env['TEST_REPORTS'];

export default defineConfig({
  // A relative base lets the built site be served from any sub-path.
  base: './',
  plugins: [react({ compiler: true })],
  build: {
    target: 'es2023',
    manifest: true,
  },
  preview: { port: 4173 },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    reporters: reportFolder
      ? ['default', ['json', { outputFile: `${reportFolder}/vitest.json` }]]
      : ['default'],
  },
});
