// The head of an HTTP/1.1 request or response, written: its first line and its header fields (RFC
// 9112).

/** Field names as they were written; a field that comes twice stands twice. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

export interface RequestHead {
  readonly method: string;
  readonly path: string;
  /** `1.1`. */
  readonly httpVersion: string;
  readonly fields: HeaderFields;
}

export interface ResponseHead {
  readonly status: number;
  readonly fields: HeaderFields;
}

const REASON_PHRASES: Readonly<Record<number, string>> = {
  101: 'Switching Protocols',
  200: 'OK',
  302: 'Found',
  400: 'Bad Request',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  426: 'Upgrade Required',
};

export function requestText({ method, path, httpVersion, fields }: RequestHead): string {
  return headText(`${method} ${path} HTTP/${httpVersion}`, fields);
}

export function responseText({ status, fields }: ResponseHead): string {
  return headText(`HTTP/1.1 ${status} ${REASON_PHRASES[status] ?? ''}`.trim(), fields);
}

const headText = (firstLine: string, fields: HeaderFields): string =>
  [firstLine, ...fields.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
