/** Smallest padded size in bytes. */
export const MIN_PADDED = 1024;

/**
 * Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019):
 * the next length whose binary form has at most `log2(log2 L) + 1` significant bits, so at most 12 % are added.
 */
export function padme(length: number): number {
  if (length <= MIN_PADDED) return MIN_PADDED;
  const exponent = Math.floor(Math.log2(length));
  const significant = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - significant);
  return Math.ceil(length / step) * step;
}
