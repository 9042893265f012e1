// What files are called, and marks that must not stay in any of them.
import {
  type Finding,
  fileNameOf,
  findAll,
  isTypeScript,
  type SourceFile,
  splitText,
} from './sourceFile';

const drawers = /^(utils?|helpers?|common|misc|manager|types)$/i;

export function checkNames(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => {
    if (!/^src\//.test(file.path) || !isTypeScript(file.path)) return [];
    return nameFaults(file.path).map((message) => ({ path: file.path, line: 1, message }));
  });
}

function nameFaults(path: string): string[] {
  const name = fileNameOf(path);
  const parts = path.split('/').slice(1);
  const faults: string[] = [];
  if (parts.some((part) => drawers.test(part.replace(/\..*$/, '')))) {
    faults.push('says nothing of what is inside: name it after its concept');
  }
  if (/^index\.tsx?$/.test(name) && path !== 'src/engine/index.ts') {
    faults.push("index.ts stands only at the engine's door");
  }
  if (name.endsWith('.ts') && !/^[a-z]/.test(name)) faults.push('a .ts file is camelCase');
  if (name.endsWith('.tsx') && !/^[A-Z]/.test(name) && path !== 'src/main.tsx') {
    faults.push('a .tsx file is PascalCase');
  }
  if (/[-_]/.test(name)) faults.push('no dashes or underscores in file names');
  return faults;
}

/** Work that is not done belongs to the issue list, not into a comment. */
export function checkLeftovers(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => /^(src|e2e)\//.test(file.path) && isTypeScript(file.path))
    .flatMap((file) => {
      const { comments } = splitText(file.text);
      const message = 'unfinished work';
      return findAll(file, { searched: comments, pattern: /\b(TODO|FIXME|XXX)\b/g, message });
    });
}

const machineFolders = ['work', 'tmp', 'home', 'Users'].join('|');
const machinePath = new RegExp(`(?<![\\w.*})-])/(${machineFolders})/[\\w.-]+`, 'g');

/** A path of one computer is wrong on every other. */
export function checkMachinePaths(files: readonly SourceFile[]): Finding[] {
  const message = 'path of one machine';
  return files.flatMap((file) =>
    findAll(file, { searched: file.text, pattern: machinePath, message }),
  );
}
