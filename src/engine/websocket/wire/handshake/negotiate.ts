// A whole handshake from its terms: both texts, judged at both ends.

import type { HandshakeTerms } from '../../../trace/trace';
import { requestText, responseText } from './httpHead';
import { judgeRequest, withoutUpgrade } from './judgeRequest';
import { responseFault } from './judgeResponse';
import { ANY_KEY, type HandshakeOutcome, handshakeRequest } from './openingHandshake';
import { fieldOf, parseRequest, parseResponse } from './readHttpHead';

export interface HandshakeTexts {
  readonly request: string;
  readonly response: string;
  /** Why the client does not take the answer; null: the connection is open. */
  readonly fault: string | null;
}

/** What the two ends say to each other, word for word. */
export function handshakeTexts(host: string, terms: HandshakeTerms, key: string): HandshakeTexts {
  const asked = handshakeRequest(host, terms, key);
  const request = requestText(asked);
  const heard = parseRequest(request) ?? asked;
  const answered = judgeRequest(terms.proxy === 'dropsUpgrade' ? withoutUpgrade(heard) : heard, {
    subprotocols: terms.serverSubprotocols,
    acceptsDeflate: terms.extension === 'permessage-deflate',
    origins: null,
  });
  const response = responseText(answered);
  return { request, response, fault: responseFault(parseResponse(response) ?? answered, asked) };
}

/** What comes of these terms, whatever the key. */
export function negotiate(host: string, terms: HandshakeTerms): HandshakeOutcome {
  const { request, response, fault } = handshakeTexts(host, terms, ANY_KEY);
  const head = parseResponse(response);
  return {
    requestBytes: request.length,
    responseBytes: response.length,
    status: head?.status ?? 0,
    opens: fault === null,
    subprotocol: head && fieldOf(head, 'Sec-WebSocket-Protocol'),
    isDeflateAgreed: head !== null && fieldOf(head, 'Sec-WebSocket-Extensions') !== null,
  };
}
