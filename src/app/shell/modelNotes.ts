// Takes the list of simplifications out of the engine’s notes: the page shows the very list.

/** The list items under the heading that speaks of simplifications, as plain text. */
export function simplificationsIn(markdown: string): string[] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => /^#+ .*simplif/i.test(line));
  if (start < 0) return [];
  const end = lines.findIndex((line, place) => place > start && /^#+ /.test(line));
  const section = lines.slice(start + 1, end < 0 ? undefined : end);
  const items: string[] = [];
  for (const line of section) {
    const item = /^\s*(?:[-*]|\d+\.) (.*)$/.exec(line)?.[1];
    if (item !== undefined) items.push(item);
    else if (/^\s+\S/.test(line) && items.length > 0) {
      items.push(`${items.pop()} ${line.trim()}`);
    }
  }
  return items.map(plainText);
}

const plainText = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .trim();
