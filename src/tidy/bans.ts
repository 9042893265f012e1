// What code may not say: calls that make a run differ between machines, and misplaced clocks.
import {
  type Finding,
  findAll,
  isTest,
  isTypeScript,
  type SourceFile,
  splitText,
} from './sourceFile';

interface Ban {
  readonly pattern: RegExp;
  readonly message: string;
}

const inexactMath =
  'log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot';

/** Holds in the folders whose outcome must be the same, byte for byte, wherever it is computed. */
const deterministicBans: readonly Ban[] = [
  { pattern: /\bDate\b/g, message: 'a run has no calendar' },
  { pattern: /\bperformance\b/g, message: 'a run has no clock but SimTime' },
  { pattern: /\b(setTimeout|setInterval)\b/g, message: 'schedule on the event queue' },
  { pattern: /\.localeCompare\b/g, message: 'order differs between locales' },
  { pattern: /\bIntl\b/g, message: 'text differs between locales' },
  { pattern: /\.toLocale\w+/g, message: 'text differs between locales' },
  { pattern: /\.(sort|toSorted)\(\s*\)/g, message: 'sorting needs a comparator' },
  { pattern: /\b(async|await)\b/g, message: 'a run has no waiting' },
  { pattern: /^(export\s+)?(let|var)\b.*/gm, message: 'module state outlives a run' },
  {
    pattern: new RegExp(`\\bMath\\.(${inexactMath})\\b`, 'g'),
    message: 'inexact between browsers',
  },
  { pattern: /\bMath\b(?!\s*\.)/g, message: 'name the Math function where it is used' },
  { pattern: /\*\*/g, message: 'inexact between browsers' },
];

const randomBan = {
  pattern: /\bMath\.random\b/g,
  message: 'randomness comes from a seeded stream',
};
const frameBan = {
  pattern: /\b(request|cancel)AnimationFrame\b/g,
  message: 'only src/player/frameClock.ts knows frames',
};

export function checkBans(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => /^src\//.test(file.path) && isTypeScript(file.path))
    .flatMap((file) => {
      const { code } = splitText(file.text);
      return bansFor(file.path).flatMap((ban) => findAll(file, { searched: code, ...ban }));
    });
}

function bansFor(path: string): Ban[] {
  const isDeterministic = /^src\/(engine|scenarios|player)\//.test(path) && !isTest(path);
  const isFrameClock = /^src\/player\/frameClock\.(test\.)?ts$/.test(path);
  return [
    randomBan,
    ...(isFrameClock ? [] : [frameBan]),
    ...(isDeterministic ? deterministicBans : []),
  ];
}
