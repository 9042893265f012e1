// Limits on a file's length, a line's width and a folder's breadth; Biome limits functions.
import { type Finding, folderOf, isTest, isTypeScript, type SourceFile } from './sourceFile';

const maxLines = 400;
const maxColumns = 100;
const maxFilesPerFolder = 15;
/** A quoted text longer than this cannot be wrapped so that its line fits. */
const unbreakableCharacters = 60;

export function checkSizes(files: readonly SourceFile[]): Finding[] {
  const sources = files.filter((file) => /^src\//.test(file.path) && isTypeScript(file.path));
  return [
    ...sources.flatMap(checkLength),
    ...sources.flatMap(checkWidth),
    ...checkFolders(sources.map((file) => file.path)),
  ];
}

function checkLength(file: SourceFile): Finding[] {
  if (file.path.startsWith('src/content/')) return [];
  const lines = file.text.replace(/\n$/, '').split('\n').length;
  if (lines <= maxLines) return [];
  return [{ path: file.path, line: lines, message: `${lines} lines; the limit is ${maxLines}` }];
}

function checkWidth(file: SourceFile): Finding[] {
  return file.text.split('\n').flatMap((line, index) => {
    if (line.length <= maxColumns || cannotBreak(line)) return [];
    const message = `${line.length} columns; the limit is ${maxColumns}`;
    return [{ path: file.path, line: index + 1, message }];
  });
}

function cannotBreak(line: string): boolean {
  if (/^\s*(import|export)\b.*\bfrom\b|:\/\//.test(line)) return true;
  const quoted = [...line.matchAll(/'[^']*'|"[^"]*"|`[^`]*`|\/[^/]+\/[a-z]*/g)];
  // A template literal that goes on over several lines has no closing mark on this one.
  const isInTemplate = (line.match(/`/g) ?? []).length === 1;
  return isInTemplate || quoted.some(([text]) => text.length > unbreakableCharacters);
}

function checkFolders(paths: readonly string[]): Finding[] {
  const counts = new Map<string, number>();
  for (const path of paths.filter((path) => !isTest(path))) {
    counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > maxFilesPerFolder)
    .map(([path, count]) => {
      return { path, line: 0, message: `${count} files; split past ${maxFilesPerFolder}` };
    });
}
