import { getAddress, isAddress } from "viem";
import { shortened } from "./hex.ts";

/** An address as ERC-55 spells it, whoever wrote it in small letters; any other text as it is. */
export function spelled(value: string): string {
  return isAddress(value, { strict: false }) ? getAddress(value) : value;
}

/** "0x7a3F…91c2": first and last four hex digits of an address, hash or other long hex string. */
export function shortHex(value: string): string {
  return shortened(spelled(value));
}
