// Finds files of src/ that nothing imports.
import { readImports } from './imports';
import { type Finding, isTest, isTypeScript, type SourceFile } from './sourceFile';

/** Started by a page, a command or the test runner instead of by an import. */
const entries = /^src\/(main\.tsx|cli\/[^/]+\.ts|element\/[^/]+\.ts)$/;

export function checkOrphans(files: readonly SourceFile[]): Finding[] {
  const paths = new Set(files.map((file) => file.path));
  const imported = new Set<string>();
  for (const file of files) {
    if (!isTypeScript(file.path) && !/\.(css|html)$/.test(file.path)) continue;
    for (const link of readImports(file, paths)) {
      for (const target of link.targets) if (target !== file.path) imported.add(target);
    }
  }
  return files
    .filter(({ path }) => /^src\//.test(path) && (isTypeScript(path) || path.endsWith('.css')))
    .filter(({ path }) => !entries.test(path) && !isTest(path) && !imported.has(path))
    .map(({ path }) => ({ path, line: 1, message: 'nothing imports this file' }));
}
