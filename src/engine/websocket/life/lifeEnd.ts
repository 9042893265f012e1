// One end of a WebSocket connection: its readyState, and what it reports when it is over.

import type { EventId } from '../../kernel/eventQueue';
import type { NetworkNode } from '../../network/node';
import { ABNORMAL_CLOSURE } from '../wire/closeCodes';
import type { Heartbeat } from './heartbeat';

/** As a browser's `readyState` has it, 0 to 3 (WHATWG WebSockets). */
export type ReadyState = 'connecting' | 'open' | 'closing' | 'closed';

/** What an end tells its application when it is over. */
export interface CloseReport {
  readonly code: number;
  readonly wasClean: boolean;
  /** As the other end's close frame gave it. */
  readonly reason: string;
}

export class LifeEnd {
  readonly node: NetworkNode;
  readonly isClient: boolean;
  readyState: ReadyState = 'connecting';
  hasSentClose = false;
  /** Of the other end's close frame, 1005 if it had none; null: none has come. */
  peerCode: number | null = null;
  peerReason = '';
  /** Bytes that its program sent when it was no longer open (WHATWG `bufferedAmount`). */
  discardedBytes = 0;
  /** It found a fault of the other end's and broke off. */
  hasFailed = false;
  heartbeat: Heartbeat | null = null;
  /** When it stops waiting for the other end to close. */
  patience: EventId | null = null;
  /** `bufferedAmount` as the trace has it. */
  notedBytes = 0;

  constructor(node: NetworkNode, isClient: boolean) {
    this.node = node;
    this.isClient = isClient;
  }

  /**
   * The code of the other end's close frame, and clean if both have sent one; whoever failed the
   * connection, or saw no close frame, reports 1006 (RFC 6455 §7.1.5, §7.1.6).
   */
  get report(): CloseReport {
    if (this.hasFailed || this.peerCode === null) {
      return { code: ABNORMAL_CLOSURE, wasClean: false, reason: '' };
    }
    return { code: this.peerCode, wasClean: this.hasSentClose, reason: this.peerReason };
  }
}
