// What a reader may change about the HTTP stages while a scene runs; durations in microseconds.

export interface HttpSettings {
  /** A poller asks so often. */
  pollInterval: number;
  /** A server that has nothing holds a long poll so long before it says so (RFC 6202 §5.5). */
  longPollTimeout: number;
  /** A server keeps events so long for readers who come back; 0: not at all, and without ids. */
  eventWindow: number;
}
