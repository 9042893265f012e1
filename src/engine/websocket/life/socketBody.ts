// What travels on a connection whose ends live apart, as they read it: messages, and the protocol's
// own frames.

import type { WebSocketBody } from '../connection';

/** What came of a client's question for what it missed. */
export const RESUME_OUTCOMES = ['nothing missed', 'replayed', 'cannot replay'] as const;
export type ResumeOutcome = (typeof RESUME_OUTCOMES)[number];

export type SocketBody =
  | WebSocketBody
  /** The server's answer is not 101. */
  | { readonly part: 'refusal'; readonly status: number }
  | { readonly part: 'ping' | 'pong'; readonly number: number }
  /** What the protocol forbids; whoever gets it fails the connection with this code. */
  | { readonly part: 'badFrame'; readonly code: number }
  /** Not of the protocol: what the application answers to "I have seen so much". */
  | { readonly part: 'resume'; readonly outcome: ResumeOutcome; readonly count: number };
