// Reads the repository's text files from disk for the checkers.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './sourceFile';

const top = fileURLToPath(new URL('../../', import.meta.url));
const generated = new Set(['node_modules', 'dist', '.git', 'test-results', 'package-lock.json']);
const textFile = /\.(tsx?|m?js|css|html|json|md|txt|svg)$|^(LICENSE|run|\.gitignore)$/;

export function readRepository(folder = ''): SourceFile[] {
  return readdirSync(top + folder, { withFileTypes: true }).flatMap((entry): SourceFile[] => {
    const path = folder + entry.name;
    if (generated.has(entry.name)) return [];
    if (entry.isDirectory()) return readRepository(`${path}/`);
    return textFile.test(entry.name) ? [{ path, text: readFileSync(top + path, 'utf8') }] : [];
  });
}
