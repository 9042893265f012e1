// Writes comparison tables as plain HTML, for the page without JavaScript.
import type { DocumentRow } from '../src/content/comparisons/documents';

interface WrittenTable {
  readonly caption: string;
  readonly rows: readonly DocumentRow[];
}

export function tablesAsHtml(tables: readonly WrittenTable[]): string {
  return tables.map(tableAsHtml).join('');
}

function tableAsHtml({ caption, rows }: WrittenTable): string {
  const head = ['Feature', 'WebSocket', 'Kafka'].map((word) => `<th scope="col">${word}</th>`);
  const body = rows.map(
    ({ feature, websocket, kafka }) =>
      `<tr><th scope="row">${escaped(feature)}</th>` +
      `<td>${escaped(websocket)}</td><td>${escaped(kafka)}</td></tr>`,
  );
  return (
    `<table><caption>${escaped(caption)}</caption>` +
    `<thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`
  );
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
