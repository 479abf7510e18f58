/*
 * Worker thread: searches the nonce. The message is 40 bytes (seal hash and nonce), so one attempt is one compression
 * of SHA-256 (FIPS 180-4). It is written out on Int32Array because a call of node:crypto per attempt costs several
 * times as much as the hash itself.
 */
import { parentPort } from "node:worker_threads";
import type { SealRequest, SealResult } from "./miner.ts";

const ROUND_CONSTANTS = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);
const INITIAL_STATE = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const MESSAGE_BITS = 40 * 8;
const WORD = 0x1_0000_0000;

const schedule = new Int32Array(64);
const state = new Int32Array(8);

parentPort?.on("message", (request: SealRequest) => {
  parentPort?.postMessage(search(request));
});

function search({ id, sealHash, target }: SealRequest): SealResult {
  const seal = words(sealHash);
  const highest = words(target)[0]! >>> 0;
  for (let high = 0; ; high++) {
    for (let low = 0; low < WORD; low++) {
      schedule.set(seal);
      schedule[8] = high;
      schedule[9] = low;
      schedule[10] = 0x80000000;
      schedule[11] = schedule[12] = schedule[13] = schedule[14] = 0;
      schedule[15] = MESSAGE_BITS;
      compress();
      // The first word alone refuses nearly every attempt.
      if (state[0]! >>> 0 > highest) continue;
      const mixHash = bytes(state);
      if (Buffer.compare(mixHash, target) > 0) continue;
      return { id, mixHash, nonce: bytes(Int32Array.of(high, low)), hashes: high * WORD + low + 1 };
    }
  }
}

/** FIPS 180-4, 6.2.2: expands the schedule and compresses one block from the initial state into `state`. */
function compress(): void {
  for (let t = 16; t < 64; t++) {
    const x = schedule[t - 15]!;
    const y = schedule[t - 2]!;
    const sigma0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const sigma1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[t] = schedule[t - 16]! + sigma0 + schedule[t - 7]! + sigma1;
  }
  let a = INITIAL_STATE[0]!;
  let b = INITIAL_STATE[1]!;
  let c = INITIAL_STATE[2]!;
  let d = INITIAL_STATE[3]!;
  let e = INITIAL_STATE[4]!;
  let f = INITIAL_STATE[5]!;
  let g = INITIAL_STATE[6]!;
  let h = INITIAL_STATE[7]!;
  for (let t = 0; t < 64; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + sum1 + choice + ROUND_CONSTANTS[t]! + schedule[t]!) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + ((sum0 + majority) | 0)) | 0;
  }
  state[0] = INITIAL_STATE[0]! + a;
  state[1] = INITIAL_STATE[1]! + b;
  state[2] = INITIAL_STATE[2]! + c;
  state[3] = INITIAL_STATE[3]! + d;
  state[4] = INITIAL_STATE[4]! + e;
  state[5] = INITIAL_STATE[5]! + f;
  state[6] = INITIAL_STATE[6]! + g;
  state[7] = INITIAL_STATE[7]! + h;
}

function words(source: Uint8Array): Int32Array {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  return Int32Array.from({ length: source.length / 4 }, (_, word) => view.getInt32(word * 4));
}

function bytes(source: Int32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(source.length * 4));
  source.forEach((word, position) => view.setInt32(position * 4, word));
  return new Uint8Array(view.buffer);
}
