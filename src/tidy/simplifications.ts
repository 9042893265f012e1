// Holds the departures marked in the engine's comments equal to the list in its model notes.
import {
  type Finding,
  isTest,
  isTypeScript,
  lineAt,
  type SourceFile,
  splitText,
} from './sourceFile';

const notesPath = 'src/engine/README.md';

interface Sentence {
  readonly path: string;
  readonly line: number;
  readonly sentence: string;
}

export function checkSimplifications(files: readonly SourceFile[]): Finding[] {
  const marked = files
    .filter((file) => /^src\/engine\//.test(file.path) && isTypeScript(file.path))
    .filter((file) => !isTest(file.path))
    .flatMap(markedIn);
  const notes = files.find((file) => file.path === notesPath);
  const listed = notes === undefined ? [] : listedIn(notes);
  return [
    ...missingFrom(listed, marked, `is not in the list of ${notesPath}`),
    ...missingFrom(marked, listed, 'is listed, but no engine comment says so'),
  ];
}

function missingFrom(known: readonly Sentence[], said: readonly Sentence[], fault: string) {
  const sentences = new Set(known.map(({ sentence }) => sentence));
  return said
    .filter(({ sentence }) => !sentences.has(sentence))
    .map(({ path, line, sentence }) => ({ path, line, message: `"${sentence}" ${fault}` }));
}

/** The sentence after each `Simplified:`, joined over the lines of its comment. */
function markedIn(file: SourceFile): Sentence[] {
  const { comments } = splitText(file.text);
  return [...comments.matchAll(/Simplified:/g)].map((match) => ({
    path: file.path,
    line: lineAt(comments, match.index),
    sentence: firstSentence(
      comments
        .slice(match.index + match[0].length)
        .split(/\*\/|\n[ \t]*\n/, 1)[0]
        ?.replace(/\n\s*(\/\/+|\*)/g, '\n') ?? '',
    ),
  }));
}

/** The first sentence of every top item under the headings that speak of simplification. */
function listedIn(notes: SourceFile): Sentence[] {
  let isUnderHeading = false;
  let headingDepth = 0;
  const lines = notes.text.split('\n');
  return lines.flatMap((line, index) => {
    const depth = /^#+(?= )/.exec(line)?.[0].length;
    if (depth !== undefined && !(isUnderHeading && depth > headingDepth)) {
      isUnderHeading = /simplif/i.test(line);
      headingDepth = depth;
    }
    const item = /^(?:[-*]|\d+\.) +(.*)$/.exec(line)?.[1];
    if (!isUnderHeading || item === undefined) return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((next) => !/^ +\S/.test(next) || /^ +([-*]|\d+\.) /.test(next));
    const text = [item, ...rest.slice(0, end < 0 ? rest.length : end)].join(' ');
    return [{ path: notes.path, line: index + 1, sentence: firstSentence(text) }];
  });
}

function firstSentence(text: string): string {
  const plain = text.replace(/[`*]/g, '').replace(/\s+/g, ' ').trim();
  return /^.*?[.!?](?= |$)/.exec(plain.replace(/\b(e\.g|i\.e|vs)\. /g, '$1.\u00a0'))?.[0] ?? plain;
}
