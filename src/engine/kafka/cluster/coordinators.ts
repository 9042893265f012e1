// What a broker hands on to the coordinators of groups and transactions, and what it says when it
// is not the one that coordinates; coordinates nothing itself.

import type { NodeIndex } from '../../trace/trace';
import type {
  BrokerPlace,
  GroupRequest,
  GroupResponse,
  TransactionAnswer,
  TransactionRequest,
} from '../wire/requests';

/** Calls `answer` once, now or later; an answer to a connection that has died reaches nobody. */
interface Coordinator<Request, Response> {
  handle(client: NodeIndex, request: Request, answer: (response: Response) => void): void;
}

interface GroupHandler extends Coordinator<GroupRequest, GroupResponse> {
  /** Another broker has taken the group over. */
  moved(): void;
}

// Simplified: The coordinators' own logs are not simulated; their state is never lost.
/** Whichever broker is asked, the state behind a name is the same. */
export interface Coordinators {
  group(name: string): GroupHandler;
  /** Null: nobody has a `transactional.id`. */
  readonly transactions: Coordinator<TransactionRequest, TransactionAnswer> | null;
}

// Simplified: Groups and transactions are dealt to brokers by the hash of their names; Kafka deals
// them to the partitions of two topics, whose leaders coordinate.
/** The first live broker from the hash of a name on; -1: none lives. */
export function coordinatorOf(name: string, isLive: readonly boolean[]): BrokerPlace {
  const first = hashOf(name) % isLive.length;
  for (let step = 0; step < isLive.length; step += 1) {
    const place = (first + step) % isLive.length;
    if (isLive[place]) return place;
  }
  return -1;
}

/** String.hashCode of Java, without its sign. */
function hashOf(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index += 1) {
    hash = (Math.imul(hash, 31) + name.charCodeAt(index)) | 0;
  }
  return hash & 0x7fffffff;
}

/** The answer of a broker that does not coordinate what it is asked about. */
export function notCoordinator(
  request: GroupRequest | TransactionRequest,
): GroupResponse | TransactionAnswer {
  const error = 'NOT_COORDINATOR';
  switch (request.api) {
    case 'commit':
      return { api: 'committed', error };
    case 'offsets':
      return { api: 'offsetsAnswer', error, offsets: new Map() };
    case 'join':
      return { api: 'joined', error, member: '', generation: -1, leader: '', members: [] };
    case 'sync':
      return { api: 'synced', error, assignment: [] };
    case 'heartbeat':
      return { api: 'heartbeatAnswer', error };
    case 'leave':
      return { api: 'left' };
    case 'groupHeartbeat':
      return { api: 'groupHeartbeatAnswer', error, memberEpoch: -1, assignment: null };
    case 'initProducerId':
      return { api: 'producerId', error, producerId: -1, producerEpoch: -1 };
    default:
      return { api: 'transactionAnswer', error };
  }
}
