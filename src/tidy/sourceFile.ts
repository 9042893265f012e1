// A source file as the checkers see it, split into code, text and comments; reads no disk.

/** A file with its path from the repository's top, written with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One breach of the style guide, at a line counted from 1. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** The same text three times, each with the rest blanked, so that offsets and lines agree. */
export interface SplitText {
  /** Code alone: neither comments nor what stands in quotes or in a regular expression. */
  readonly code: string;
  readonly withoutComments: string;
  readonly comments: string;
}

const characterKinds = { code: 0, quoted: 1, comment: 2 } as const;
type CharacterKind = (typeof characterKinds)[keyof typeof characterKinds];

/** Splits by scanning, as TypeScript 7 offers no parser to call; JSX text may blur one line. */
export function splitText(text: string): SplitText {
  const kinds = new Uint8Array(text.length);
  const mark = (from: number, to: number, kind: CharacterKind) => kinds.fill(kind, from, to);
  const templateDepths: number[] = [];
  let braceDepth = 0;
  let at = 0;
  const skipTemplate = (from: number) => {
    const end = templateEnd(text, from);
    mark(from, end, characterKinds.quoted);
    const opensExpression = text.startsWith('${', end);
    if (opensExpression) templateDepths.push(++braceDepth);
    return end + (opensExpression ? 2 : 1);
  };
  while (at < text.length) {
    const end = endOfToken(text, at);
    if (end !== undefined) {
      mark(at + (end.kind === characterKinds.quoted ? 1 : 0), end.at, end.kind);
      at = end.at + (end.kind === characterKinds.quoted ? 1 : 0);
    } else if (text[at] === '`') at = skipTemplate(at + 1);
    else if (text[at] === '}' && templateDepths.at(-1) === braceDepth && braceDepth > 0) {
      templateDepths.pop();
      braceDepth -= 1;
      at = skipTemplate(at + 1);
    } else {
      if (text[at] === '{') braceDepth += 1;
      if (text[at] === '}') braceDepth -= 1;
      at += 1;
    }
  }
  const keep = (...kept: CharacterKind[]) => keepKinds(text, kinds, kept);
  return {
    code: keep(characterKinds.code),
    withoutComments: keep(characterKinds.code, characterKinds.quoted),
    comments: keep(characterKinds.comment),
  };
}

function keepKinds(text: string, kinds: Uint8Array, kept: readonly number[]): string {
  return text.replace(/[^\n]/g, (character, at: number) =>
    kept.includes(kinds[at] ?? 0) ? character : ' ',
  );
}

/** The end of a comment, string or regular expression that begins at `at`, if one does. */
function endOfToken(text: string, at: number): { at: number; kind: CharacterKind } | undefined {
  const character = text[at];
  if (text.startsWith('//', at)) return { at: lineEnd(text, at), kind: characterKinds.comment };
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    return { at: end < 0 ? text.length : end + 2, kind: characterKinds.comment };
  }
  const quote = /['"]/.test(character ?? '') || (character === '/' && canStartRegex(text, at));
  const end = quote ? closingQuote(text, at) : undefined;
  return end === undefined ? undefined : { at: end, kind: characterKinds.quoted };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Where the quote opened at `at` closes on its own line; an apostrophe in JSX text never does. */
function closingQuote(text: string, at: number): number | undefined {
  let isInClass = false;
  for (let end = at + 1; end < lineEnd(text, at); end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[at] === '/' && text[end] === '[') isInClass = true;
    else if (text[end] === ']') isInClass = false;
    else if (text[end] === text[at] && !isInClass) return end;
  }
  return undefined;
}

function canStartRegex(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return before === '' || /[(,=:[!&|?{;+*%>~^-]$|\b(return|typeof|case|in|of)$/.test(before);
}

function templateEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '`' && !text.startsWith('${', at)) {
    at += text[at] === '\\' ? 2 : 1;
  }
  return Math.min(at, text.length);
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** A finding for every match of `pattern` in `searched`, a text with the offsets of the file's. */
export function findAll(
  file: SourceFile,
  search: { readonly searched: string; readonly pattern: RegExp; readonly message: string },
): Finding[] {
  return [...search.searched.matchAll(search.pattern)].map((match) => ({
    path: file.path,
    line: lineAt(search.searched, match.index),
    message: `${search.message}: ${match[0].trim()}`,
  }));
}

export const isTest = (path: string) => /\.test\.tsx?$/.test(path);
export const isTypeScript = (path: string) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const fileNameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
