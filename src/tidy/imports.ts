// Reads which modules a file asks for and resolves them to files; judges nothing.
import { folderOf, lineAt, type SourceFile, splitText } from './sourceFile';

export interface ImportLink {
  readonly specifier: string;
  readonly line: number;
  readonly isTypeOnly: boolean;
  readonly isDynamic: boolean;
  /** Files of the repository that the specifier names; empty for a package. */
  readonly targets: readonly string[];
}

const importForms = [
  /(?<![\w.])(?:import|export)\s+(?<type>type\s)?[\w\s{},*$]*?from\s*['"](?<specifier>[^'"]+)['"]/g,
  /(?<![\w.])import\s*['"](?<specifier>[^'"]+)['"]/g,
  /(?<![\w.])(?<dynamic>import)\s*\(\s*['"](?<specifier>[^'"]+)['"]/g,
  /(?<dynamic>new URL)\(\s*['"](?<specifier>\.[^'"]*[^'"/])['"]\s*,\s*import\.meta\.url/g,
  /(?:src|href)=['"](?<specifier>\.?\/src\/[^'"]+)['"]/g,
  /@import\s+(?:url\()?['"](?<specifier>[^'"]+)['"]/g,
];
const globForm = /import\.meta\.glob[^(]*\(\s*(?<list>\[[^\]]*\]|['"][^'"]+['"])/g;

/** Every import, re-export, dynamic import, worker address and glob of a file. */
export function readImports(file: SourceFile, paths: ReadonlySet<string>): ImportLink[] {
  const { code, withoutComments } = splitText(file.text);
  const links: ImportLink[] = [];
  const isCode = (offset: number) => /\.(css|html)$/.test(file.path) || code[offset] !== ' ';
  for (const form of importForms) {
    for (const match of withoutComments.matchAll(form)) {
      const { specifier = '', type, dynamic } = match.groups ?? {};
      if (!isCode(match.index)) continue;
      links.push({
        specifier,
        line: lineAt(withoutComments, match.index),
        isTypeOnly: type !== undefined,
        isDynamic: dynamic !== undefined,
        targets: resolveSpecifier(file.path, specifier, paths),
      });
    }
  }
  for (const match of withoutComments.matchAll(globForm)) {
    if (!isCode(match.index)) continue;
    const line = lineAt(withoutComments, match.index);
    for (const [, specifier = ''] of (match.groups?.['list'] ?? '').matchAll(/['"]([^'"]+)['"]/g)) {
      const targets = resolveGlob(file.path, specifier, paths);
      links.push({ specifier, line, isTypeOnly: false, isDynamic: true, targets });
    }
  }
  return links;
}

export const isRelative = (specifier: string) => /^[./]/.test(specifier);

/** `d3-scale` of `d3-scale/x`, `@scope/name` of `@scope/name/x`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function resolveSpecifier(from: string, specifier: string, paths: ReadonlySet<string>): string[] {
  if (!isRelative(specifier)) return [];
  const base = joinPath(folderOf(from), specifier.replace(/\?.*$/, ''));
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`];
  const found = candidates.find((candidate) => paths.has(candidate));
  if (found !== undefined) return [found];
  return [/\.\w+$/.test(base) ? base : `${base}.ts`];
}

function resolveGlob(from: string, specifier: string, paths: ReadonlySet<string>): string[] {
  const parts = joinPath(folderOf(from), specifier).split(/(\*\*\/|\*)/);
  const pattern = parts.map((part) => {
    if (part === '**/') return '(?:.*/)?';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^$()[\]{}|\\]/g, '\\$&');
  });
  const expression = new RegExp(`^${pattern.join('')}$`);
  return [...paths].filter((path) => expression.test(path));
}

function joinPath(folder: string, relative: string): string {
  if (relative.startsWith('/')) return relative.slice(1);
  const parts = folder.split('/').filter((part) => part !== '');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
