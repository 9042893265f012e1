// What is seen of a script, in words that are the same for the engine and for real software.

/** What an act of the client came to at once. */
export interface Deed {
  /** Name of the exception; null: none. */
  readonly thrown: string | null;
  /** Of the newest socket, just after it: 0–3. */
  readonly readyState: number;
}

/** How far everything has come; it only grows. */
export interface Progress {
  /** Frames that have passed the line. */
  readonly up: number;
  readonly down: number;
  /** What the newest socket of the client has reported. */
  readonly client: number;
  /** Connections of the server, and what the newest of them has reported. */
  readonly accepted: number;
  readonly server: number;
}

/** After one step, when all that follows from it has come about. */
export interface Moment {
  readonly deed: Deed | null;
  readonly progress: Progress;
  readonly readyState: number;
  /** Of the client, once it is closing or closed; before, the browser may still be at it. */
  readonly bufferedAmount: number | null;
}

/** One connection, as its two ends and the line saw it. */
export interface Life {
  /** `open @1`, `message Ana 0 … @1`, `close 1000 clean @3`: with the readyState in the event. */
  readonly client: readonly string[];
  readonly server: readonly string[];
  readonly request: string;
  readonly response: string;
  /** Frames both ways, masks aside: `fin text masked Ana 0 …`. */
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Whose FIN or reset passed the line first. */
  readonly finishedFirst: 'client' | 'server' | 'nobody';
}

export interface Observation {
  readonly moments: readonly Moment[];
  readonly lives: readonly Life[];
  /** Sent without an exception and never received. */
  readonly missed: { readonly byClient: readonly string[]; readonly byServer: readonly string[] };
}
