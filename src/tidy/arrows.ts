// The table of allowed imports, and the check that every import in src/ follows an arrow of it.
import { type ImportLink, isRelative, packageOf, readImports } from './imports';
import { type Finding, folderOf, isTest, isTypeScript, type SourceFile } from './sourceFile';

/** One row of the table: who may import which files of src/ and which packages. */
interface Row {
  readonly who: RegExp;
  readonly files: readonly RegExp[];
  /** Files that may be imported for their types alone. */
  readonly types?: readonly RegExp[];
  readonly packages: readonly RegExp[];
  /** Packages that may only come by `import()`, so that the first view does not carry them. */
  readonly lazyPackages?: readonly RegExp[];
  /** Stage files stay with their own view: same folder or the stage's top. */
  readonly staysHome?: boolean;
}

const none: readonly RegExp[] = [];
const door = /^src\/engine\/(index\.ts|README\.md)$/;
// Apart from the door, so that what few need comes when they need it (D11): groups and transactions
// with the scenes that have some, an operator's metrics with their table, the raisers of rare
// stages with the scenes that set them, bytes with those who look at them.
const groupsDoor = /^src\/engine\/doors\/groups\.ts$/;
const stageDoor = /^src\/engine\/(doors\/)?(channel|sockets|http|fleet|together)\.ts$/;
const operatorDoor = /^src\/engine\/doors\/operator\.ts$/;
const wireDoor = /^src\/engine\/doors\/wire\.ts$/;
const kernel = /^src\/engine\/(kernel\/|assert\.ts)/;
const network = /^src\/engine\/network\//;
const protocols = /^src\/engine\/(kafka|websocket|http)\//;
// What the engine writes down, and the pen: every part of the model records with them (D2).
const vocabulary = /^src\/engine\/trace\/(entryKinds|trace|recordTrace)\.ts$/;
const scenarios = /^src\/scenarios\//;
// The complete list would bring every scene into the first view.
const fetchedScenarios = /^src\/scenarios\/(?!(registry|runScenario)\.ts$)/;
const content = /^src\/content\//;
const player = /^src\/player\//;
const stageTop = /^src\/stage\/[^/]+$/;
const stageView = /^src\/stage\/(.*\/)?\w+\.(tsx|module\.css)$/;
const stagePlain = /^src\/stage\/(.*\/)?(?!draw[A-Z])\w+\.ts$/;
const stageDrawing = /^src\/stage\/(.*\/)?draw[A-Z]\w*\.ts$/;
const ui = /^src\/ui\//;
const app = /^src\/app\//;
const geometry = /^d3-(scale|shape|array)$/;
const drawing = /^d3-(selection|axis|zoom)$/;
const react = /^react$/;
const page = /^react(-dom)?$/;
const zustand = /^zustand$/;
const schemas = /^valibot$/;
const icons = /^lucide-react$/;
const fonts = /^@fontsource(-variable)?\/[\w-]+$/;
const exporters = /^(mediabunny|gifenc|comlink)$/;
const node = /^node:/;
const baselines = /^(flatqueue|simjs)$/;

/** The first row whose `who` fits a file is the file's row. */
const table: readonly Row[] = [
  { who: /^src\/engine\/index\.ts$/, files: [/^src\/engine\//], packages: none },
  { who: groupsDoor, files: [protocols, /^src\/engine\/actors\//], packages: none },
  { who: operatorDoor, files: [/^src\/engine\/trace\//], packages: none },
  { who: wireDoor, files: [protocols, vocabulary], packages: none },
  {
    who: stageDoor,
    files: [protocols, /^src\/engine\/(actors\/|raise[A-Z]\w*\.ts$)/],
    packages: none,
  },
  { who: /^src\/engine\/assert\.ts$/, files: none, packages: none },
  { who: kernel, files: [kernel], packages: [/^(pure-rand|flatqueue|tinyqueue)$/] },
  { who: network, files: [kernel, network, vocabulary], packages: none },
  ...['kafka', 'websocket', 'http'].map((protocol) => ({
    who: new RegExp(`^src/engine/${protocol}/`),
    files: [kernel, network, vocabulary, new RegExp(`^src/engine/${protocol}/`)],
    packages: none,
  })),
  {
    who: /^src\/engine\/(actors\/|[^/]+\.ts$)/,
    files: [kernel, network, protocols, vocabulary, /^src\/engine\/(actors\/|(?!index)[^/]+\.ts$)/],
    packages: none,
  },
  { who: /^src\/engine\/trace\//, files: [kernel, /^src\/engine\/trace\//], packages: none },
  { who: scenarios, files: [door, groupsDoor, stageDoor, scenarios], packages: [schemas] },
  { who: content, files: [scenarios, content], types: [door], packages: [schemas] },
  {
    who: /^src\/player\/usePlayer\.ts$/,
    files: [door, fetchedScenarios, player],
    packages: [zustand, react],
  },
  { who: player, files: [door, fetchedScenarios, player], packages: [zustand] },
  // A test of the stage may compare pictures, words and runs of several views.
  {
    who: /^src\/stage\/.*\.test\.tsx?$/,
    files: [door, scenarios, /^src\/stage\//],
    packages: [geometry, drawing],
  },
  // The inspector alone looks at bytes.
  {
    who: /^src\/stage\/inspector\/\w+\.ts$/,
    files: [door, wireDoor, stagePlain],
    packages: [geometry],
  },
  {
    who: /^src\/stage\/inspector\/\w+\.tsx$/,
    files: [stagePlain, stageView, ui],
    types: [door, wireDoor],
    packages: [react],
    staysHome: true,
  },
  {
    who: stageDrawing,
    files: [stagePlain, stageDrawing],
    packages: [geometry, drawing],
    staysHome: true,
  },
  { who: stagePlain, files: [door, stagePlain], packages: [geometry] },
  {
    who: stageView,
    files: [stagePlain, stageDrawing, stageView, ui],
    types: [door],
    packages: [react, drawing],
    staysHome: true,
  },
  { who: ui, files: [ui], packages: [react, icons] },
  {
    who: app,
    files: [door, operatorDoor, fetchedScenarios, content, player, /^src\/stage\//, ui, app],
    packages: [page, zustand, schemas, icons, fonts],
    lazyPackages: [exporters],
  },
  {
    who: /^src\/element\//,
    files: [/^src\/element\//, /^src\/app\/embed\/embed\w+\.ts$/],
    packages: none,
  },
  { who: /^src\/main\.tsx$/, files: [app, ui], packages: [page, fonts] },
  { who: /^src\/cli\/bench(\/|\.ts$)/, files: [/^src\//], packages: [node, baselines] },
  {
    who: /^src\/cli\//,
    files: [door, scenarios, content, /^src\/cli\//, /^package\.json$/],
    packages: [node, schemas],
  },
  { who: /^src\/tidy\//, files: [/^src\/tidy\//], packages: [node] },
  { who: /^src\/tidy\.test\.ts$/, files: [/^src\/tidy\//], packages: [node] },
];

const testPackages = [/^vitest$/, /^fast-check$/, node, page];

/** What a test may reach beyond its subject's row: its own area, and what feeds it. */
function testFiles(path: string): readonly RegExp[] {
  const area = path.split('/')[1] ?? '';
  const feeds: Record<string, readonly RegExp[]> = {
    app: [scenarios],
    content: [door],
    player: [scenarios],
    scenarios: [wireDoor],
    stage: [door, wireDoor, scenarios],
    ui: none,
  };
  return [new RegExp(`^src/${area}/`), ...(feeds[area] ?? none)];
}

const matchesAny = (patterns: readonly RegExp[], text: string) =>
  patterns.some((pattern) => pattern.test(text));

export function checkArrows(files: readonly SourceFile[]): Finding[] {
  const paths = new Set(files.map((file) => file.path));
  const sources = files.filter((file) => /^src\//.test(file.path) && isTypeScript(file.path));
  return sources.flatMap((file) => {
    const row = table.find((candidate) => candidate.who.test(file.path));
    if (row === undefined) {
      const message = 'no row of the import table (src/tidy/arrows.ts) is about this file';
      return [{ path: file.path, line: 1, message }];
    }
    return readImports(file, paths)
      .filter((link) => !isAllowed(file.path, row, link))
      .map((link) => ({
        path: file.path,
        line: link.line,
        message: `may not import ${link.specifier}`,
      }));
  });
}

function isAllowed(from: string, row: Row, link: ImportLink): boolean {
  if (!isRelative(link.specifier)) return isAllowedPackage(from, row, link);
  const extra = isTest(from) ? testFiles(from) : none;
  return link.targets.every((target) => {
    if (matchesAny(extra, target)) return true;
    if (link.isTypeOnly && matchesAny(row.types ?? none, target)) return true;
    if (!matchesAny(row.files, target)) return false;
    const isHome = folderOf(target) === folderOf(from) || !/^src\/stage\//.test(target);
    return row.staysHome !== true || isHome || stageTop.test(target);
  });
}

function isAllowedPackage(from: string, row: Row, link: ImportLink): boolean {
  const { specifier } = link;
  const name = specifier.startsWith('node:') ? specifier : packageOf(specifier);
  if (matchesAny(row.packages, name)) return true;
  if (link.isDynamic && matchesAny(row.lazyPackages ?? none, name)) return true;
  return isTest(from) && matchesAny(testPackages, name);
}
