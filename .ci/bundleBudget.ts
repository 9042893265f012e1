// Fails the build when the first view asks for more script or type than a slow line should carry.
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

interface ManifestChunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const scriptBudgetBytes = 150_000;
const fontBudgetBytes = 150_000;

function readManifest(): Record<string, ManifestChunk> {
  return JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'));
}

/** The page's entry, the app, and all that they import statically; the rest comes when asked for. */
function firstViewChunks(manifest: Record<string, ManifestChunk>): ManifestChunk[] {
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
  return [...chunks];
}

/** Other alphabets' files are fetched only when a page holds their letters. */
function latinFonts(stylesheets: readonly string[]): string[] {
  const names = stylesheets.flatMap((stylesheet) => {
    const css = readFileSync(dist + stylesheet, 'utf8');
    return [...css.matchAll(/[\w.-]+\.woff2/g)].map(([name]) => name);
  });
  return [...new Set(names)].filter((name) => /-latin-(?!ext-)/.test(name));
}

function report(what: string, bytes: number, budgetBytes: number): boolean {
  const isWithin = bytes <= budgetBytes;
  const numbers = `${(bytes / 1000).toFixed(1)} of ${budgetBytes / 1000} kB`;
  console.log(`${isWithin ? 'within' : 'OVER'} budget: ${what} ${numbers}`);
  return isWithin;
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
const chunks = firstViewChunks(readManifest());
const scripts = [...new Set(chunks.map((chunk) => chunk.file))];
const stylesheets = [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))];
const scriptBytes = sum(scripts.map((file) => gzipSync(readFileSync(dist + file)).length));
const fontBytes = sum(
  latinFonts(stylesheets).map((name) => statSync(`${dist}assets/${name}`).size),
);
const verdicts = [
  report('first view scripts (gzip)', scriptBytes, scriptBudgetBytes),
  report('first view fonts (latin)', fontBytes, fontBudgetBytes),
];
if (verdicts.includes(false)) process.exitCode = 1;
