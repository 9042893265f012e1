// The style guide as a test: each rule holds in this repository and is seen to catch a breach.
import { describe, expect, test } from 'vitest';
import { checkArrows } from './tidy/arrows';
import { checkBans } from './tidy/bans';
import { checkLeftovers, checkMachinePaths, checkNames } from './tidy/names';
import { checkOrphans } from './tidy/orphans';
import { readRepository } from './tidy/repository';
import { checkSimplifications } from './tidy/simplifications';
import { checkSizes } from './tidy/sizes';
import { type Finding, type SourceFile, splitText } from './tidy/sourceFile';

type Check = (files: readonly SourceFile[]) => Finding[];

const rules: Record<string, Check> = {
  'imports follow the arrows': checkArrows,
  'banned calls are absent': checkBans,
  'files, lines and folders keep their size': checkSizes,
  'names say what is inside': checkNames,
  'no comment leaves work behind': checkLeftovers,
  'every file is imported by another': checkOrphans,
  'the marked simplifications equal the model notes': checkSimplifications,
  'no file names a path of one machine': checkMachinePaths,
};

describe('this repository', () => {
  const repository = readRepository();

  test('is read: this very file is among its files', () => {
    expect(repository.map((file) => file.path)).toContain('src/tidy.test.ts');
  });

  test.each(Object.entries(rules))('%s', (_, check) => {
    const found = check(repository).map(({ path, line, message }) => `${path}:${line} ${message}`);
    expect(found).toEqual([]);
  });
});

/** A repository of a few lines: path → text. */
function plant(texts: Record<string, string>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

const faultyPaths = (check: Check, texts: Record<string, string>) => [
  ...new Set(check(plant(texts)).map((finding) => finding.path)),
];

describe('splitting a text', () => {
  test('separates code from what is quoted and commented, and keeps every offset', () => {
    const text = "const a = 'x // y'; // said\nconst b = `p ${q('}')} r`; /* done */ c(/['/]/);";
    const { code, comments, withoutComments } = splitText(text);
    expect(code.length).toBe(text.length);
    expect(code.replace(/ +/g, ' ')).toBe(
      "const a = ' ';\nconst b = ` ${q(' ')} `; c(/ /);".replace('\n', ' \n'),
    );
    expect(comments.trim().replace(/\s+/g, ' ')).toBe('// said /* done */');
    expect(withoutComments).toContain("'x // y'");
  });

  test('is not led astray by an apostrophe or a closing tag in JSX, or by a division', () => {
    const text = "<p>Don't</p>\nDate;\n<br />; a / b; Date; c / d";
    expect(splitText(text).code.match(/Date/g)).toHaveLength(2);
  });
});

describe('import arrows', () => {
  const door = { 'src/engine/index.ts': '' };
  const deep = { 'src/engine/kernel/simTime.ts': '' };
  const forbidden: [string, string, Record<string, string>][] = [
    ['src/engine/kernel/a.ts', "import { b } from '../network/b';", {}],
    ['src/engine/kernel/a.ts', "import { useState } from 'react';", {}],
    ['src/engine/network/a.ts', "import { b } from '../kafka/b';", {}],
    ['src/engine/kafka/a.ts', "import type { B } from '../websocket/b';", {}],
    ['src/engine/trace/a.ts', "import { b } from '../network/b';", {}],
    ['src/engine/actors/a.ts', "export { b } from '../trace/b';", {}],
    ['src/scenarios/a.ts', "import { b } from '../engine/kernel/simTime';", deep],
    ['src/scenarios/a.ts', "import { b } from '../player/b';", {}],
    ['src/content/a.ts', "import { b } from '../engine';", door],
    ['src/player/createPlayer.ts', "import { useRef } from 'react';", {}],
    ['src/stage/wire/wireScene.ts', "import { select } from 'd3-selection';", {}],
    ['src/stage/wire/wireScene.ts', "import { draw } from './drawWire';", {}],
    ['src/stage/wire/wireScene.ts', "import * as d3 from 'd3';", {}],
    ['src/stage/wire/drawWire.ts', "import { a } from '../../engine';", door],
    ['src/stage/wire/drawWire.ts', "import { a } from '../cluster/clusterScene';", {}],
    ['src/stage/wire/WireView.tsx', "import { create } from 'zustand';", {}],
    ['src/stage/wire/WireView.tsx', "import { worldAt } from '../../engine';", door],
    ['src/ui/Button.tsx', "import { b } from '../app/b';", {}],
    ['src/app/App.tsx', "import { b } from '../engine/kernel/simTime';", deep],
    ['src/app/App.tsx', "import { encode } from 'gifenc';", {}],
    ['src/app/App.tsx', "const w = import('../engine/kernel/simTime');", deep],
    ['src/cli/simulate.ts', "import { b } from '../app/b';", {}],
    ['src/element/bothWays.ts', "import { b } from '../ui/Button';", {}],
    ['src/engine/kernel/a.test.ts', "import { b } from '../../scenarios/b';", {}],
    ['src/unheardOf/a.ts', '', {}],
  ];
  test.each(forbidden)('%s may not say %s', (path, text, others) => {
    expect(faultyPaths(checkArrows, { ...others, [path]: text })).toEqual([path]);
  });

  const allowed: [string, string][] = [
    ['src/engine/kafka/a.ts', "import { b } from '../kernel/simTime';"],
    ['src/engine/kernel/random.ts', "import { c } from 'pure-rand/generator/x';"],
    ['src/scenarios/kafka/a.ts', "import { b } from '../../engine';"],
    ['src/content/a.ts', "import type { Trace } from '../engine';"],
    ['src/player/usePlayer.ts', "import { useStore } from 'zustand';\nimport { a } from 'react';"],
    ['src/stage/wire/drawWire.ts', "import { wire } from './wireScene';\nimport 'd3-selection';"],
    ['src/stage/wire/WireView.tsx', "import type { Trace } from '../../engine';"],
    ['src/app/App.tsx', "const gif = () => import('gifenc');"],
    ['src/engine/kafka/a.test.ts', "import { test } from 'vitest';\nimport '../trace/b';"],
    ['src/engine/kernel/a.ts', "// import { b } from 'react';\nconst c = \"import 'react'\";"],
  ];
  test.each(allowed)('%s may say %s', (path, text) => {
    expect(checkArrows(plant({ ...door, ...deep, [path]: text }))).toEqual([]);
  });
});

describe('banned calls', () => {
  const banned = [
    'const a = Math.random();',
    'const a = new Date();',
    'const a = performance.now();',
    "a.localeCompare('b');",
    'a.sort();',
    'a.toSorted( );',
    'export async function a() {}',
    'let a = 1;',
    'export let a = 1;',
    'setTimeout(a, 1);',
    'const a = 2 ** 3;',
    'const { sin } = Math;',
    'new Intl.NumberFormat();',
    'a.toLocaleString();',
    'requestAnimationFrame(a);',
    ...'log log2 log10 log1p exp expm1 pow sin cos tan asin acos atan atan2 sinh cosh tanh cbrt hypot'
      .split(' ')
      .map((name) => `const a = Math.${name}(1);`),
  ];
  test.each(banned)('%s fails in engine, scenarios and player', (text) => {
    const paths = ['src/engine/kafka/a.ts', 'src/scenarios/a.ts', 'src/player/a.ts'];
    const texts = Object.fromEntries(paths.map((path) => [path, text]));
    expect(faultyPaths(checkBans, texts)).toEqual(paths);
  });

  test('the same words are free in comments, strings and the app', () => {
    const texts = {
      'src/engine/a.ts': "// not Math.random\nconst a = 'new Date()';\na.sort((b, c) => b - c);",
      'src/engine/b.ts': 'function a() {\n  let b = Math.floor(1);\n  return b;\n}',
      'src/app/a.ts': 'const a = new Date();\nlet b = Math.log(2);',
      'src/player/frameClock.ts': 'requestAnimationFrame(a);',
    };
    expect(checkBans(plant(texts))).toEqual([]);
  });

  test('frames and unseeded randomness fail everywhere else', () => {
    const texts = { 'src/app/a.ts': 'requestAnimationFrame(a);', 'src/ui/b.ts': 'Math.random();' };
    expect(faultyPaths(checkBans, texts)).toEqual(Object.keys(texts));
  });
});

describe('sizes', () => {
  test('401 lines fail, 400 do not, and content is exempt', () => {
    const texts = {
      'src/engine/long.ts': 'a;\n'.repeat(401),
      'src/engine/fits.ts': 'a;\n'.repeat(400),
      'src/content/data.ts': 'a;\n'.repeat(900),
    };
    expect(faultyPaths(checkSizes, texts)).toEqual(['src/engine/long.ts']);
  });

  test('101 columns fail unless they are an import, an address or one long quoted text', () => {
    const texts = {
      'src/engine/wide.ts': `call(${'a, '.repeat(40)});`,
      'src/engine/import.ts': `import { a } from './${'a'.repeat(100)}';`,
      'src/engine/address.ts': `// https://${'a'.repeat(100)}`,
      'src/engine/text.ts': `const a = '${'a '.repeat(50)}';`,
    };
    expect(faultyPaths(checkSizes, texts)).toEqual(['src/engine/wide.ts']);
  });

  test('a sixteenth file in a folder fails; tests do not count', () => {
    const fifteen = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [`src/ui/A${index}.tsx`, '']),
    );
    expect(checkSizes(plant({ ...fifteen, 'src/ui/A.test.tsx': '' }))).toEqual([]);
    expect(faultyPaths(checkSizes, { ...fifteen, 'src/ui/B.tsx': '' })).toEqual(['src/ui']);
  });
});

describe('names and leftovers', () => {
  const misnamed = [
    'src/app/utils.ts',
    'src/app/helpers.test.ts',
    'src/app/common/a.ts',
    'src/engine/kafka/types.ts',
    'src/stage/index.ts',
    'src/engine/Cluster.ts',
    'src/ui/button.tsx',
    'src/ui/data-table.ts',
  ];
  test.each(misnamed)('%s is no name', (path) => {
    expect(faultyPaths(checkNames, { [path]: '' })).toEqual([path]);
  });

  test('good names pass', () => {
    const paths = ['src/engine/index.ts', 'src/main.tsx', 'src/ui/Tabs.tsx', 'src/app/urlState.ts'];
    expect(checkNames(paths.map((path) => ({ path, text: '' })))).toEqual([]);
  });

  test.each(['TODO', 'FIXME'])('a comment that says %s fails', (word) => {
    const texts = { 'src/app/a.ts': `a; // ${word} later`, 'src/app/b.ts': `const a = '${word}';` };
    expect(faultyPaths(checkLeftovers, texts)).toEqual(['src/app/a.ts']);
  });

  test.each(['work', 'tmp', 'home'])('a path under %s of one machine fails', (folder) => {
    const texts = { 'README.md': `see /${folder}/a`, 'src/a.ts': `'./${folder}/a'` };
    expect(faultyPaths(checkMachinePaths, texts)).toEqual(['README.md']);
  });
});

describe('orphans', () => {
  test('a file that nothing imports fails; entries, and what globs and workers reach, do not', () => {
    const texts = {
      'src/main.tsx': "import './app/App';\nimport.meta.glob('./content/lessons/*.ts');",
      'src/app/App.tsx': "new Worker(new URL('./compute.ts', import.meta.url));\nimport './a.css';",
      'src/app/a.css': "@import './b.css';",
      'src/app/b.css': '',
      'src/app/compute.ts': '',
      'src/app/lonely.ts': "import './lonely';",
      'src/content/lessons/one.ts': '',
      'src/cli/simulate.ts': '',
      'src/app/App.test.tsx': '',
    };
    expect(faultyPaths(checkOrphans, texts)).toEqual(['src/app/lonely.ts']);
  });
});

describe('simplifications', () => {
  const notes = (...items: string[]) =>
    ['# Model', '- not one', '## Simplifications', ...items, '## After', '- nor this'].join('\n');
  const comment = '/**\n * Simplified: a broker never\n * pauses for `gc`. More words.\n */\n';

  test('equal sets pass, over wrapped lines and code marks, and two empty ones do too', () => {
    const listed = notes('- A bare item', '- **A broker** never\n  pauses for gc. Because.');
    const code = `${comment}// Simplified: A bare item\n`.replace(': a broker', ': A broker');
    const texts = { 'src/engine/a.ts': code, 'src/engine/README.md': listed };
    expect(checkSimplifications(plant(texts))).toEqual([]);
    expect(checkSimplifications(plant({ 'src/engine/a.ts': 'a;' }))).toEqual([]);
  });

  test('a marked one that is not listed fails, with notes and without', () => {
    expect(faultyPaths(checkSimplifications, { 'src/engine/a.ts': comment })).toEqual([
      'src/engine/a.ts',
    ]);
    const texts = { 'src/engine/a.ts': comment, 'src/engine/README.md': notes() };
    expect(faultyPaths(checkSimplifications, texts)).toEqual(['src/engine/a.ts']);
  });

  test('a listed one that no comment marks fails', () => {
    const texts = { 'src/engine/README.md': notes('- Disks are endless.') };
    expect(faultyPaths(checkSimplifications, texts)).toEqual(['src/engine/README.md']);
  });
});
