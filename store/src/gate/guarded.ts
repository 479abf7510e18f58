/** After so many bytes, or so long, a running delivery is checked again. */
const CHECK_BYTES = 8 * 1024 * 1024;
const CHECK_MS = 5_000;

/** Passes a body on and checks on the way that its reader may still have it. Throws what `check` throws. */
export async function* guarded(
  source: AsyncIterable<Uint8Array>,
  check: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let checked = Date.now();
  for await (const piece of source) {
    if (bytes >= CHECK_BYTES || Date.now() - checked >= CHECK_MS) {
      await check();
      bytes = 0;
      checked = Date.now();
    }
    yield piece;
    bytes += piece.length;
  }
}
