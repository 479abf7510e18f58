/** "0x7a3F…91c2": first and last four hex digits of an address, hash or other long hex string. */
export function shortHex(value: string): string {
  return value.length <= 13 ? value : `${value.slice(0, 6)}…${value.slice(-4)}`;
}
