// Reads the head of an HTTP/1.1 request or response, and what its fields say (RFC 9112); no run
// without a life of its own has to.

import type { HeaderFields, RequestHead, ResponseHead } from './httpHead';

/** Reads a request; null: it is none, or its head has not ended. */
export function parseRequest(text: string): RequestHead | null {
  const head = parseHead(text);
  const line = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/(\d\.\d)$/.exec(head?.firstLine ?? '');
  if (!head || !line) return null;
  const [, method = '', path = '', httpVersion = ''] = line;
  return { method, path, httpVersion, fields: head.fields };
}

/** Reads a response; null: it is none, or its head has not ended. */
export function parseResponse(text: string): ResponseHead | null {
  const head = parseHead(text);
  const status = /^HTTP\/1\.1 (\d{3})( .*)?$/.exec(head?.firstLine ?? '')?.[1];
  return head && status ? { status: Number(status), fields: head.fields } : null;
}

function parseHead(text: string): { firstLine: string; fields: HeaderFields } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [firstLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const fields: [string, string][] = [];
  for (const line of lines) {
    const field = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (!field) return null;
    fields.push([field[1] as string, field[2] as string]);
  }
  return { firstLine, fields };
}

/** A field's value, whatever the case of its name; several are one list. Null: it is not there. */
export function fieldOf(
  { fields }: { readonly fields: HeaderFields },
  name: string,
): string | null {
  const wanted = name.toLowerCase();
  const values = fields
    .filter(([field]) => field.toLowerCase() === wanted)
    .map(([, value]) => value);
  return values.length === 0 ? null : values.join(', ');
}

/** The members of a list like `keep-alive, Upgrade`, as they were written. */
export const listOf = (value: string | null): string[] =>
  (value ?? '')
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');

/** Whether a list has a token, whatever its case. */
export const hasToken = (value: string | null, token: string): boolean =>
  listOf(value).some((member) => member.toLowerCase() === token.toLowerCase());
