import { formatUnits, parseUnits } from "viem";
import { latinDigits } from "./decimal.ts";

/** A fee of the contract fits into 64 bits of gwei. */
const MOST = 2n ** 64n - 1n;

/** A fee in gwei as it is written in ether, such as "0.02". */
export function formatFee(gwei: bigint): string {
  return formatUnits(gwei, 9);
}

/** The fee in gwei that somebody wrote in ether, with a point or a comma, in Latin or Arabic digits; undefined for what is none. */
export function parseFee(text: string): bigint | undefined {
  const written = latinDigits(text).replace(",", ".");
  if (!/^\d{1,11}(\.\d{1,9})?$/.test(written)) return undefined;
  const gwei = parseUnits(written, 9);
  return gwei <= MOST ? gwei : undefined;
}
