// How a server's messages leave it for one reader; each technique has one of its own.

import type { HttpBody } from '../../http/httpBody';
import type { HttpConnection } from '../../http/httpConnection';
import type { Environment, NetworkNode } from '../../network/node';
import type { Transfer } from '../../network/transfer';
import { EntryKind, type LossCause, lossCauseCode } from '../../trace/entryKinds';
import type { MessageIndex } from '../../trace/trace';

/** A message that the server has for a reader. */
export interface Offer {
  readonly message: MessageIndex;
  readonly payloadBytes: number;
}

export interface Outlet {
  /** Takes a message for the reader: on the line, into memory, or nowhere. */
  offer(offer: Offer): void;
  /** The reader's request is here. */
  asked(connection: HttpConnection, transfer: Transfer<HttpBody>): void;
  /** The connection on which the reader asks is dead; so is what it carried. */
  closed(dropped: readonly Transfer<HttpBody>[]): void;
  /** The server's process died with all that it remembered. */
  forget(): void;
  settingsChanged(): void;
}

/** The reader will not get a message. */
export function recordLoss(
  { recorder }: Environment,
  reader: NetworkNode,
  loss: { readonly message: MessageIndex; readonly cause: LossCause },
): void {
  const value = lossCauseCode(loss.cause);
  recorder.entry(EntryKind.Lost, { node: reader.index, message: loss.message, value });
}
