import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ChartkeyError, isOrderCode } from "@chartkey/sdk";
import type { LocalAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { Io } from "./io.ts";

/** A 32-byte hex word standing alone, as private keys are written. */
const KEY_SHAPE = /(?<![0-9a-z])(?:0x)?([0-9a-f]{64})(?![0-9a-z])/gi;
/** A record id ends with its number in the ledger as a uint32: the first 65,535 entries begin with two zero bytes there. */
const RECORD_ID_END = /0000[0-9a-f]{4}$/i;

/** A recovery code in its groups. */
const CODE_SHAPE = /(?<![0-9a-z])(?:[0-9a-z]{4}[- ]){7}[0-9a-z]{4}(?![0-9a-z])/i;

/**
 * Refuses arguments that look like a private key, a recovery code or a pharmacy code: other users of the machine see arguments, and shells remember them.
 * Throws `ARGUMENT_IS_SECRET`.
 */
export function refuseSecrets(argv: readonly string[]): void {
  const words = argv.flatMap((argument) => [...argument.matchAll(KEY_SHAPE)].map(([, word]) => word!));
  const isSecret = (argument: string) =>
    CODE_SHAPE.test(argument) || isOrderCode(argument) || argument.includes("shlink:/");
  if (words.some((word) => !RECORD_ID_END.test(word)) || argv.some(isSecret))
    throw new ChartkeyError(
      "ARGUMENT_IS_SECRET",
      "An argument looks like a private key, a recovery code, a pharmacy code or a health link. Never write these into a command: set CHARTKEY_PRIVATE_KEY or CHARTKEY_KEYSTORE, type the code or link when asked, and treat this one as known to others.",
    );
}

/**
 * The account of `CHARTKEY_PRIVATE_KEY`, or of the keystore file `CHARTKEY_KEYSTORE` with `CHARTKEY_PASSWORD`.
 * Throws `KEY_NOT_SET`, `KEY_MALFORMED`, `KEYSTORE_MALFORMED`, `KEYSTORE_PASSWORD`.
 */
export async function readAccount({ env, cwd }: Io): Promise<LocalAccount> {
  const key = env["CHARTKEY_PRIVATE_KEY"]?.trim();
  if (key) return fromKey(key);
  const file = env["CHARTKEY_KEYSTORE"];
  if (file) return fromKeystore(await readFile(resolve(cwd, file), "utf8"), env["CHARTKEY_PASSWORD"] ?? "");
  throw new ChartkeyError(
    "KEY_NOT_SET",
    "No key is set. Put it into CHARTKEY_PRIVATE_KEY, or name a keystore file in CHARTKEY_KEYSTORE and its password in CHARTKEY_PASSWORD.",
  );
}

function fromKey(key: string): LocalAccount {
  const digits = key.replace(/^0x/i, "");
  try {
    if (/^[0-9a-f]{64}$/i.test(digits)) return privateKeyToAccount(`0x${digits}`);
  } catch {
    // Zero or beyond the order of the curve. The library's message could hold the key, so it is not passed on.
  }
  throw new ChartkeyError("KEY_MALFORMED", "CHARTKEY_PRIVATE_KEY is not a private key: 32 bytes in hex are expected.");
}

async function fromKeystore(json: string, password: string): Promise<LocalAccount> {
  const { Wallet, isKeystoreJson } = await import("ethers");
  if (!isKeystoreJson(json))
    throw new ChartkeyError("KEYSTORE_MALFORMED", "The file in CHARTKEY_KEYSTORE is not a keystore of version 3.");
  const wallet = await Wallet.fromEncryptedJson(json, password).catch(() => {
    throw new ChartkeyError("KEYSTORE_PASSWORD", "The password in CHARTKEY_PASSWORD does not open the keystore.");
  });
  return privateKeyToAccount(wallet.privateKey as `0x${string}`);
}
