// SHA-1 (RFC 3174), which the accept key of a handshake is made with; nothing is kept secret by it.

/** Twenty bytes. */
export function sha1(bytes: Uint8Array): Uint8Array {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const padded = withPadding(bytes);
  for (let at = 0; at < padded.length; at += 64) addBlock(state, padded.subarray(at, at + 64));
  const digest = new DataView(new ArrayBuffer(20));
  state.forEach((word, index) => {
    digest.setInt32(index * 4, word);
  });
  return new Uint8Array(digest.buffer);
}

/** A one bit, zeros, and the length in bits, so that whole blocks of 64 bytes come out. */
function withPadding(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  // Keys are short: lengths beyond 2³² bits never come.
  new DataView(padded.buffer).setUint32(padded.length - 4, bytes.length * 8);
  return padded;
}

function addBlock(state: Int32Array, block: Uint8Array): void {
  const words = expanded(block);
  let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
  for (let round = 0; round < 80; round += 1) {
    const [mixed, constant] = roundOf(round, [b, c, d]);
    const next = (rotated(a, 5) + mixed + e + constant + (words[round] as number)) | 0;
    [e, d, c, b, a] = [d, c, rotated(b, 30), a, next];
  }
  [a, b, c, d, e].forEach((word, index) => {
    state[index] = (state[index] as number) + word;
  });
}

/** The eighty words of a block. */
function expanded(block: Uint8Array): Int32Array {
  const words = new Int32Array(80);
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  for (let index = 0; index < 16; index += 1) words[index] = view.getInt32(index * 4);
  for (let index = 16; index < 80; index += 1) {
    const [one, two, three, four] = [3, 8, 14, 16].map((back) => words[index - back] as number);
    words[index] = rotated((one ?? 0) ^ (two ?? 0) ^ (three ?? 0) ^ (four ?? 0), 1);
  }
  return words;
}

/** What a round mixes its three words by, and its constant (RFC 3174 §5). */
function roundOf(
  round: number,
  [b, c, d]: readonly [number, number, number],
): readonly [mixed: number, constant: number] {
  if (round < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (round < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (round < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
