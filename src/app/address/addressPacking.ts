// Packs an address that grew too long into one field (deflate, base64url), and unpacks it.

/** Past this many characters an address is packed: mail programs and chats cut longer ones. */
const LONGEST_PLAIN_ADDRESS = 2_000;
/** A packed address that unfolds to more than this is refused. */
const LONGEST_UNPACKED_ADDRESS = 200_000;

export const isTooLong = (query: string): boolean => query.length > LONGEST_PLAIN_ADDRESS;

/** The same query as `v=1&s=…` when that is needed and shorter. */
export async function packQuery(query: string): Promise<string> {
  if (!isTooLong(query)) return query;
  const fields = new URLSearchParams(query);
  const version = fields.get('v') ?? '1';
  const bytes = await through(
    new TextEncoder().encode(query),
    new CompressionStream('deflate-raw'),
  );
  return `v=${version}&s=${toBase64Url(bytes)}`;
}

/** The query that was packed, or null when `packed` is damaged. */
export async function unpackQuery(packed: string): Promise<string | null> {
  try {
    const stream = new DecompressionStream('deflate-raw');
    const bytes = await through(fromBase64Url(packed), stream);
    if (bytes.length > LONGEST_UNPACKED_ADDRESS) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const piped = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
