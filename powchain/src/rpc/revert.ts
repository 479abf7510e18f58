import { bytesToBigInt, bytesToHex, bytesToUtf8 } from "@ethereumjs/util";

const ERROR_SELECTOR = "0x08c379a0"; // Error(string)
const PANIC_SELECTOR = "0x4e487b71"; // Panic(uint256)

/** The sentence in the revert data of `revert("...")`, or the number of a panic; undefined for anything else. */
export function revertReason(data: Uint8Array): string | undefined {
  const selector = bytesToHex(data.subarray(0, 4));
  const body = data.subarray(4);
  if (selector === PANIC_SELECTOR && body.length === 32) return `panic 0x${bytesToBigInt(body).toString(16)}`;
  // Error(string): offset (always 32), length, text.
  if (selector !== ERROR_SELECTOR || body.length < 64) return undefined;
  const length = bytesToBigInt(body.subarray(32, 64));
  if (bytesToBigInt(body.subarray(0, 32)) !== 32n || length > BigInt(body.length - 64)) return undefined;
  return bytesToUtf8(body.subarray(64, 64 + Number(length)));
}
