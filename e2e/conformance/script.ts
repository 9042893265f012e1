// A script: what a client, a server and the line between them do, one step after the other. Each
// step waits until all that follows from the one before has come about.

export type End = 'client' | 'server';

export type Step =
  /** The client dials, with a new WebSocket. */
  | { readonly do: 'open' }
  /** An end sends its next message; `bytes`: its length. */
  | { readonly do: 'send'; readonly by: End; readonly bytes: number }
  /** An end calls `close(code, reason)`; null: without. */
  | {
      readonly do: 'close';
      readonly by: End;
      readonly code: number | null;
      readonly reason: string;
    }
  /** The server gives the connection up without a word. */
  | { readonly do: 'terminate' }
  | { readonly do: 'ping' }
  /** From now on the line keeps what comes, both ways … */
  | { readonly do: 'hold' }
  /** … and lets it through. */
  | { readonly do: 'release' }
  /** The line is gone, with all that was on it, and both ends know. */
  | { readonly do: 'cut' };

export interface Script {
  readonly name: string;
  readonly terms: ScriptTerms;
  readonly steps: readonly Step[];
}

/** What the ends bring to the opening handshake. */
export interface ScriptTerms {
  readonly subprotocols: readonly string[];
  readonly serverSubprotocols: readonly string[];
  readonly proxy: 'none' | 'dropsUpgrade';
}

export const PLAIN: ScriptTerms = { subprotocols: [], serverSubprotocols: [], proxy: 'none' };

const MESSAGE_BYTES = 24;

export const open: Step = { do: 'open' };
export const hold: Step = { do: 'hold' };
export const release: Step = { do: 'release' };
export const cut: Step = { do: 'cut' };
export const ping: Step = { do: 'ping' };
export const terminate: Step = { do: 'terminate' };
export const send = (by: End, bytes = MESSAGE_BYTES): Step => ({ do: 'send', by, bytes });
export const close = (by: End, code: number | null = null, reason = ''): Step => ({
  ...{ do: 'close', by, code, reason },
});
