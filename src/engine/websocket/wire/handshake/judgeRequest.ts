// The server's side of a handshake: takes a request, or refuses it with the right status.

import { acceptKeyOf, isHandshakeKey } from './acceptKey';
import type { HeaderFields, RequestHead, ResponseHead } from './httpHead';
import { switchingProtocols } from './openingHandshake';
import { fieldOf, hasToken, listOf } from './readHttpHead';

/** What a server goes by. */
export interface ServerPolicy {
  /** Subprotocols that it speaks. */
  readonly subprotocols: readonly string[];
  readonly acceptsDeflate: boolean;
  /** Origins that it serves; null: it does not look. CORS does not protect a WebSocket (§10.2). */
  readonly origins: readonly string[] | null;
}

const DEFLATE = 'permessage-deflate';

/** The answer to a request (RFC 6455 §4.2.1, §4.2.2, §4.4). */
export function judgeRequest(request: RequestHead, policy: ServerPolicy): ResponseHead {
  const refusal = refusalOf(request) ?? originRefusal(request, policy);
  if (refusal) return refusal;
  const accept = acceptKeyOf(fieldOf(request, 'Sec-WebSocket-Key') ?? '');
  const offered = listOf(fieldOf(request, 'Sec-WebSocket-Protocol'));
  const chosen = offered.find((name) => policy.subprotocols.includes(name)) ?? null;
  const offersDeflate = listOf(fieldOf(request, 'Sec-WebSocket-Extensions')).some(
    (offer) => offer.split(';')[0]?.trim() === DEFLATE,
  );
  const extension = offersDeflate && policy.acceptsDeflate ? DEFLATE : null;
  return switchingProtocols(accept, chosen, extension);
}

function refusalOf(request: RequestHead): ResponseHead | null {
  const upgrade = fieldOf(request, 'Upgrade');
  const version = fieldOf(request, 'Sec-WebSocket-Version');
  if (request.method !== 'GET') return refuse(405, [['Allow', 'GET']]);
  if (Number(request.httpVersion) < 1.1 || fieldOf(request, 'Host') === null) return refuse(400);
  // A plain request: a proxy may have taken out what asks for the upgrade (RFC 9110 §15.5.22).
  if (upgrade === null) return refuse(426, [['Upgrade', 'websocket']]);
  if (!hasToken(upgrade, 'websocket')) return refuse(400);
  if (!hasToken(fieldOf(request, 'Connection'), 'Upgrade')) return refuse(400);
  if (!isHandshakeKey(fieldOf(request, 'Sec-WebSocket-Key') ?? '')) return refuse(400);
  if (version === null) return refuse(400);
  return version === '13' ? null : refuse(426, [['Sec-WebSocket-Version', '13']]);
}

function originRefusal(request: RequestHead, { origins }: ServerPolicy): ResponseHead | null {
  const origin = fieldOf(request, 'Origin');
  // Programs that are no browsers say nothing of an origin.
  if (origins === null || origin === null || origins.includes(origin)) return null;
  return refuse(403);
}

const refuse = (status: number, fields: HeaderFields = []): ResponseHead => ({
  status,
  fields: [['Connection', 'close'], ...fields, ['Content-Length', '0']],
});

const HOP_BY_HOP: readonly string[] = ['upgrade', 'connection'];

/** The request behind a proxy that knows nothing of upgrades and keeps what concerns one hop. */
export function withoutUpgrade(request: RequestHead): RequestHead {
  const { fields } = request;
  const kept = fields.filter(([name]) => !HOP_BY_HOP.includes(name.toLowerCase()));
  return { ...request, fields: kept };
}
