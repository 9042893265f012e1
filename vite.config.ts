// Builds and serves the app, and tells Vitest which tests are its own.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A relative base lets the built site be served from any sub-path.
  base: './',
  plugins: [react({ compiler: true })],
  build: {
    target: 'es2023',
    manifest: true,
  },
  server: { port: 5173 },
  preview: { port: 4173, strictPort: true },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
  },
});
