// The requests and responses of the HTTP stages as text (RFC 9112, and text/event-stream of the
// HTML standard); says nothing about who sends them when. All is ASCII, so length is bytes.

/**
 * Whose messages a request is about: the host that it goes to, and the person who asks or sends.
 */
export interface RequestTarget {
  readonly host: string;
  readonly person: string;
}

/** An event's id: which life of the server process it is from, and which of its events. */
export interface EventId {
  readonly life: number;
  readonly count: number;
}

// Simplified: Requests and answers of HTTP bear the fields that they need; a browser's and a
// server's bear several hundred bytes more.
const lines = (...texts: readonly string[]): string => [...texts, '', ''].join('\r\n');

/**
 * Asks for what has come; short and long polling ask alike, the server decides how long it waits.
 */
export const pollRequest = ({ host, person }: RequestTarget): string =>
  lines(`GET /messages?for=${person} HTTP/1.1`, `Host: ${host}`, 'Accept: text/plain');

/** The head of a request that brings one message; the payload follows. */
export const postHead = ({ host, person }: RequestTarget, payloadBytes: number): string =>
  lines(
    `POST /messages?from=${person} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: text/plain;charset=UTF-8',
    `Content-Length: ${payloadBytes}`,
  );

/** What an event source asks; after a break it says which event it saw last (HTML §9.2). */
export const streamRequest = ({ host, person }: RequestTarget, last: EventId | null): string =>
  lines(
    `GET /events?for=${person} HTTP/1.1`,
    `Host: ${host}`,
    'Accept: text/event-stream',
    'Cache-Control: no-store',
    ...(last === null ? [] : [`Last-Event-ID: ${eventIdText(last)}`]),
  );

/** A message was taken, or nothing has come. */
export const NO_CONTENT = lines('HTTP/1.1 204 No Content', 'Cache-Control: no-store');

/** Between two messages in one answer: none of them holds a line break. */
export const MESSAGE_SEPARATOR = '\n';

/** The head of an answer with messages; they follow, one a line. */
export const answerHead = (bodyBytes: number): string =>
  lines(
    'HTTP/1.1 200 OK',
    'Content-Type: text/plain;charset=UTF-8',
    'Cache-Control: no-store',
    `Content-Length: ${bodyBytes}`,
  );

/** Bytes of an answer's body with messages of these sizes. */
export const answerBodyBytes = (payloadBytes: number, messages: number): number =>
  payloadBytes + MESSAGE_SEPARATOR.length * Math.max(0, messages - 1);

/** A piece of a response whose length nobody knows (RFC 9112 §7.1). */
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

const STREAM_HEAD = lines(
  'HTTP/1.1 200 OK',
  'Content-Type: text/event-stream',
  'Cache-Control: no-store',
  'Transfer-Encoding: chunked',
);

/**
 * The head of a response that never ends, the wish to be asked again at once after a break, and the
 * id after which it begins; a field without data is no event (HTML §9.2.6).
 */
export const streamHead = (id: EventId | null): string =>
  STREAM_HEAD + chunk(`retry: 0\n${idLine(id)}\n`);

/** One message as an event; without an id nobody can resume after it. */
export const eventText = (payload: string, id: EventId | null): string =>
  chunk(eventLines(payload, id));

const eventLines = (payload: string, id: EventId | null): string =>
  `${idLine(id)}data: ${payload}\n\n`;

/** Bytes of an event with so long a payload. */
export function eventBytes(payloadBytes: number, id: EventId | null): number {
  const inside = eventLines('', id).length + payloadBytes;
  return chunk('').length - 1 + inside.toString(16).length + inside;
}

/** Tells a reader who asks too late that some events are gone; the application's own word. */
export const GAP_EVENT = chunk('event: gap\ndata: too late\n\n');

const idLine = (id: EventId | null): string => (id === null ? '' : `id: ${eventIdText(id)}\n`);
const eventIdText = ({ life, count }: EventId): string => `${life}-${count}`;
