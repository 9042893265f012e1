// What travels on the HTTP stages: each kind of request and response with its size and its reading.

import { NO_MESSAGES, type Parcel } from '../network/transfer';
import type { MessageIndex } from '../trace/trace';
import {
  answerBodyBytes,
  answerHead,
  type EventId,
  eventBytes,
  GAP_EVENT,
  NO_CONTENT,
  pollRequest,
  postHead,
  type RequestTarget,
  streamHead,
  streamRequest,
} from './httpText';

/** A message as it is handed to a reader. */
export interface HandedOver {
  readonly message: MessageIndex;
  readonly payloadBytes: number;
  /** It waited for a reader who was not there. */
  readonly fromStorage: boolean;
}

export type HttpBody =
  | { readonly part: 'poll' }
  | { readonly part: 'subscribe'; readonly last: EventId | null }
  | { readonly part: 'post'; readonly message: MessageIndex }
  | { readonly part: 'posted' }
  | { readonly part: 'nothing' }
  | { readonly part: 'messages'; readonly messages: readonly HandedOver[] }
  | { readonly part: 'streamHead'; readonly id: EventId | null }
  | { readonly part: 'event'; readonly id: EventId | null; readonly handed: HandedOver }
  | { readonly part: 'gap' };
export type HttpPart = HttpBody['part'];

const CONTROL = { payloadBytes: 0, messages: NO_MESSAGES } as const;

export const pollParcel = (target: RequestTarget): Parcel<HttpBody> => ({
  ...CONTROL,
  type: 'get',
  bytes: pollRequest(target).length,
  body: { part: 'poll' },
});

export const subscribeParcel = (target: RequestTarget, last: EventId | null): Parcel<HttpBody> => ({
  ...CONTROL,
  type: 'get',
  bytes: streamRequest(target, last).length,
  body: { part: 'subscribe', last },
});

export const postParcel = (
  target: RequestTarget,
  message: MessageIndex,
  payloadBytes: number,
): Parcel<HttpBody> => ({
  type: 'post',
  bytes: postHead(target, payloadBytes).length + payloadBytes,
  payloadBytes,
  messages: [message],
  body: { part: 'post', message },
});

/** The message was taken. */
export const POSTED: Parcel<HttpBody> = {
  ...CONTROL,
  type: 'posted',
  bytes: NO_CONTENT.length,
  body: { part: 'posted' },
};

/** Nothing has come. */
export const NOTHING_YET: Parcel<HttpBody> = {
  ...CONTROL,
  type: 'emptyAnswer',
  bytes: NO_CONTENT.length,
  body: { part: 'nothing' },
};

export function messagesParcel(messages: readonly HandedOver[]): Parcel<HttpBody> {
  const payloadBytes = messages.reduce((sum, handed) => sum + handed.payloadBytes, 0);
  const bodyBytes = answerBodyBytes(payloadBytes, messages.length);
  return {
    type: 'answer',
    bytes: answerHead(bodyBytes).length + bodyBytes,
    payloadBytes,
    messages: messages.map(({ message }) => message),
    body: { part: 'messages', messages },
  };
}

export const streamHeadParcel = (id: EventId | null): Parcel<HttpBody> => ({
  ...CONTROL,
  type: 'eventStream',
  bytes: streamHead(id).length,
  body: { part: 'streamHead', id },
});

export const eventParcel = (handed: HandedOver, id: EventId | null): Parcel<HttpBody> => ({
  type: 'event',
  bytes: eventBytes(handed.payloadBytes, id),
  payloadBytes: handed.payloadBytes,
  messages: [handed.message],
  body: { part: 'event', id, handed },
});

/** Some events are gone for this reader. */
export const GAP: Parcel<HttpBody> = {
  ...CONTROL,
  type: 'gap',
  bytes: GAP_EVENT.length,
  body: { part: 'gap' },
};
