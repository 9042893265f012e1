// What a transaction coordinator knows of one transactional id: its producer, and how far its
// transaction has come.

import type { EventId } from '../../kernel/eventQueue';
import type { NodeIndex, PartitionIndex } from '../../trace/trace';
import type { ProducerId } from '../wire/requests';

export type TransactionOutcome = 'commit' | 'abort';

/** Ending: the outcome is fixed, the markers are on their way (PrepareCommit, PrepareAbort). */
type TransactionState = 'none yet' | 'ongoing' | 'ending' | 'ended';

export class TransactionalProducer {
  readonly id: ProducerId;
  /** Raised by every new instance: what an older one says is refused. */
  epoch = 0;
  client: NodeIndex;
  state: TransactionState = 'none yet';
  /** Of the transaction that is ending or ended last. */
  outcome: TransactionOutcome = 'commit';
  /** Counted over all transactional ids. */
  number = -1;
  /** Whether it is time to look for its timeout. */
  timeout: EventId | null = null;
  readonly partitions = new Set<PartitionIndex>();
  readonly groups = new Set<string>();

  constructor(id: ProducerId, client: NodeIndex) {
    this.id = id;
    this.client = client;
  }

  begin(number: number): void {
    this.state = 'ongoing';
    this.number = number;
    this.partitions.clear();
    this.groups.clear();
  }
}
