/** "0x7a3F…91c2": first and last four digits of a long hex string; anything shorter as it is. */
export function shortened(value: string): string {
  return value.length <= 13 ? value : `${value.slice(0, 6)}…${value.slice(-4)}`;
}
