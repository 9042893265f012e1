// Which close codes there are, which may travel, which an application may ask for (RFC 6455 §7.4,
// IANA registry, WHATWG close()).

/** Reported when a close frame came without a code; never sent (RFC 6455 §7.1.5). */
export const NO_STATUS = 1005;
/** Reported when a connection ended without a close frame; never sent (RFC 6455 §7.1.5). */
export const ABNORMAL_CLOSURE = 1006;
/** Reported when TLS could not be agreed upon; never sent. */
const TLS_FAILURE = 1015;

const NORMAL_CLOSURE = 1000;
/** The page is left, or the server goes down. */
export const GOING_AWAY = 1001;
const PROTOCOL_ERROR = 1002;
/** Text that is no UTF-8. */
export const INVALID_PAYLOAD = 1007;
const MESSAGE_TOO_BIG = 1009;

/** Codes of the registry by name; 1012 to 1014 are younger than the RFC. */
export const CLOSE_CODE_NAMES: ReadonlyMap<number, string> = new Map([
  [NORMAL_CLOSURE, 'Normal Closure'],
  [GOING_AWAY, 'Going Away'],
  [PROTOCOL_ERROR, 'Protocol Error'],
  [1003, 'Unsupported Data'],
  [NO_STATUS, 'No Status Received'],
  [ABNORMAL_CLOSURE, 'Abnormal Closure'],
  [INVALID_PAYLOAD, 'Invalid frame payload data'],
  [1008, 'Policy Violation'],
  [MESSAGE_TOO_BIG, 'Message Too Big'],
  [1010, 'Mandatory Extension'],
  [1011, 'Internal Error'],
  [1012, 'Service Restart'],
  [1013, 'Try Again Later'],
  [1014, 'Bad Gateway'],
  [TLS_FAILURE, 'TLS Handshake'],
]);

/** A code that one end says to itself and no frame may bear. */
export const isLocalOnly = (code: number): boolean =>
  code === NO_STATUS || code === ABNORMAL_CLOSURE || code === TLS_FAILURE;

/** Whether a close frame may bear it; one that bears another fails with 1002. */
export function mayTravel(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  // 3000 to 3999 are for libraries that register theirs, 4000 to 4999 for anybody.
  if (code >= 3000) return code <= 4999;
  return CLOSE_CODE_NAMES.has(code) && !isLocalOnly(code);
}

/** Bytes of a reason, so that it fits a control frame beside its code. */
const REASON_LIMIT = 123;

export type CloseException = 'InvalidAccessError' | 'SyntaxError';

/**
 * What a browser's `close(code, reason)` throws; null: nothing. `reasonBytes`: in UTF-8 (WHATWG
 * WebSockets, close()).
 */
export function closeException(code: number | null, reasonBytes: number): CloseException | null {
  if (code !== null && code !== NORMAL_CLOSURE && !(code >= 3000 && code <= 4999)) {
    return 'InvalidAccessError';
  }
  return reasonBytes > REASON_LIMIT ? 'SyntaxError' : null;
}

/** What a browser's `send` throws; in `closing` and `closed` it discards in silence (WHATWG). */
export const sendException = (readyState: string): 'InvalidStateError' | null =>
  readyState === 'connecting' ? 'InvalidStateError' : null;
