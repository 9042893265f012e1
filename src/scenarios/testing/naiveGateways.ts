// Who holds a message where gateways stand between a log and browsers, worked out from the entries
// alone; the rest of a recount is in naiveLedger.ts.

import { EntryKind } from '../../engine/index';
import type { Past } from './naiveLedger';
import { carriedBy } from './traceColumns';

/** A gateway has sent to the reader what it has read, and it has not come yet. */
export function isSentOn(past: Past, message: number, reader: number): boolean {
  const { transfers } = past.trace;
  return (past.transfersOfMessage.get(message) ?? []).some((transfer) => {
    const end = transfers.endSeq[transfer] as number;
    return transfers.to[transfer] === reader && (end < 0 || end > past.last);
  });
}

/**
 * Sender and gateway keep a message until the log has it or they say that they let go of it; sent
 * again, it is kept again by the gateway that gets it.
 */
export function isHeldBeforeLog({ trace, rows }: Past, message: number): boolean {
  const { legend, messages, transfers } = trace;
  const sender = messages.from[message] as number;
  let isHeld = false;
  for (const { kind, transfer, detail, value, node, message: about } of rows) {
    if (kind === EntryKind.Acknowledged) {
      if (
        carriedBy(trace, transfer)
          .slice(detail, detail + value)
          .includes(message)
      ) {
        isHeld = false;
      }
    } else if (about !== message) continue;
    else if (kind === EntryKind.Sent) isHeld = true;
    else if (kind === EntryKind.LetGo) isHeld = false;
    else if (kind === EntryKind.TransferArrived && transfers.from[transfer] === sender) {
      isHeld ||= legend.nodes[node]?.role === 'gateway';
    }
  }
  return isHeld;
}
