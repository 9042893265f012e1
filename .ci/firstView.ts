// Which files of the built site the first view asks for: the page's own, and all that the app imports
// without waiting for anybody to act.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface ManifestChunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

export const dist = fileURLToPath(new URL('../dist/', import.meta.url));

export interface FirstView {
  /** Paths below `dist`. */
  readonly scripts: readonly string[];
  readonly stylesheets: readonly string[];
}

/** @throws Error when the site is not built, or its manifest lacks the page or the app. */
export function firstViewOf(): FirstView {
  const manifest: Record<string, ManifestChunk> = JSON.parse(
    readFileSync(`${dist}.vite/manifest.json`, 'utf8'),
  );
  const chunks = new Set<ManifestChunk>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (chunk === undefined || chunks.has(chunk)) return;
    chunks.add(chunk);
    chunk.imports?.forEach(visit);
  };
  visit('index.html');
  // Fetched with the page, though it runs after the first paint.
  visit('src/app/startApp.ts');
  if (chunks.size < 2) throw new Error('the manifest lacks index.html or the app');
  const all = [...chunks];
  return {
    scripts: [...new Set(all.map((chunk) => chunk.file))],
    stylesheets: [...new Set(all.flatMap((chunk) => chunk.css ?? []))],
  };
}
