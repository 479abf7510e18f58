import type { HDAccount } from "viem/accounts";

/** The mnemonic that every Ethereum development tool knows. Its keys are public: they protect nothing. */
const MNEMONIC = "test test test test test test test test test test test junk";

/** What each account of the development wallet is used for by `npm start`'s sample data. */
export const developmentAccounts = [
  { index: 0, label: "registrar" },
  { index: 1, label: "hospitalAdmin" },
  { index: 2, label: "doctor" },
  { index: 3, label: "patient" },
  { index: 4, label: "pharmacist" },
  { index: 5, label: "spare" },
  { index: 6, label: "spare" },
  { index: 7, label: "spare" },
  { index: 8, label: "spare" },
  { index: 9, label: "spare" },
] as const;

export type DevelopmentLabel = (typeof developmentAccounts)[number]["label"];

const derived = new Map<number, Promise<HDAccount>>();

/** Derives account `index` (m/44'/60'/0'/0/index). The key derivation is loaded when first used. */
export function deriveAccount(index: number): Promise<HDAccount> {
  const known = derived.get(index);
  if (known) return known;
  const account = import("viem/accounts").then(({ mnemonicToAccount }) =>
    mnemonicToAccount(MNEMONIC, { addressIndex: index }),
  );
  derived.set(index, account);
  return account;
}
