import { mnemonicToAccount } from "viem/accounts";

/** Hardhat's and Foundry's public test phrase: everybody knows these keys, so they are for the local chain alone. */
export const DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk";

/** Who the first accounts of the phrase play on the local chain. */
export const PLAYERS = ["registrar", "admin", "doctor", "patient", "pharmacist"] as const;
export type Player = (typeof PLAYERS)[number];

export const FUNDED_ACCOUNTS = 10;
const BALANCE = 10_000n * 10n ** 18n;

export function developmentAccount(index: number) {
  return mnemonicToAccount(DEVELOPMENT_MNEMONIC, { addressIndex: index });
}

export function playerAccount(player: Player) {
  return developmentAccount(PLAYERS.indexOf(player));
}

/** Balances of the local chain's genesis, in wei. */
export function genesisBalances(): Record<`0x${string}`, bigint> {
  const addresses = Array.from({ length: FUNDED_ACCOUNTS }, (_, index) => developmentAccount(index).address);
  return Object.fromEntries(addresses.map((address) => [address, BALANCE]));
}
