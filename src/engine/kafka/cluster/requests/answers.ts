// How a response travels: its type in the trace and its bytes; decides nothing of what it says.

import { NO_MESSAGES, type Parcel } from '../../../network/transfer';
import type { TransferType } from '../../../trace/entryKinds';
import type { KafkaBody, KafkaResponse, ProduceResult } from '../../wire/requests';
import { responseBytes } from '../../wire/responseBytes';

/** Responses without records. */
export type PlainResponse = Exclude<KafkaResponse, { readonly api: 'fetched' }>;

const TYPES: Readonly<Record<PlainResponse['api'], TransferType>> = {
  produced: 'ack',
  metadataAnswer: 'metadataAnswer',
  coordinator: 'coordinatorAnswer',
  committed: 'ack',
  offsetsAnswer: 'offsetsAnswer',
  joined: 'joinAnswer',
  synced: 'joinAnswer',
  heartbeatAnswer: 'heartbeatAnswer',
  left: 'leaveAnswer',
  groupHeartbeatAnswer: 'heartbeatAnswer',
  producerId: 'transactionAnswer',
  transactionAnswer: 'transactionAnswer',
};

export function parcelOf(body: PlainResponse): Parcel<KafkaBody> {
  const isRefusal = body.api === 'produced' && body.results.some(isRefused);
  const type = isRefusal ? 'refusal' : TYPES[body.api];
  return { type, bytes: responseBytes(body), payloadBytes: 0, messages: NO_MESSAGES, body };
}

const isRefused = ({ error }: ProduceResult): boolean => error !== 'NONE';
