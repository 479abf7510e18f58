import { ChartkeyError, toChainError } from "@chartkey/sdk";
import { CommanderError } from "commander";
import { BaseError } from "viem";
import { printable } from "./printable.ts";

/** An error as it is shown: never a stack trace, never a cause. */
export interface ShownError {
  code: string;
  message: string;
}

const BEGUN_ANEW =
  "If you know that the chain was begun anew, remove what was seen of it: the file seen-*.json in CHARTKEY_OUTBOX.";

/** What to do next, for codes that a command of this program settles. */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  VAULT_MISSING: "Run: npm run chartkey -- vault create",
  VAULT_LOST: "With your recovery code: npm run chartkey -- vault renew",
  VAULT_METHOD_MISSING: "The ways that there are: npm run chartkey -- vault methods",
  KEY_MISSING: "Their command: npm run chartkey -- vault create",
  CHAIN_UNREACHABLE: "The address is in CHARTKEY_RPC_URL.",
  CHAIN_STALE: BEGUN_ANEW,
  CHAIN_REWRITTEN: BEGUN_ANEW,
  STORE_UNREACHABLE: "The address is in CHARTKEY_STORE_URL.",
  STORE_UNAUTHORIZED: "The store takes the key in CHARTKEY_PRIVATE_KEY or CHARTKEY_KEYSTORE for a sign-in.",
};

/** Codes of the operating system for files, with what they mean. */
const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "There is no such file or directory",
  EACCES: "Access to the file was refused",
  EISDIR: "This is a directory, not a file",
  ENOTDIR: "A part of the path is not a directory",
  ENOSPC: "The disk is full",
  EROFS: "The disk cannot be written to",
};

/** What the node or the wallet threw, as an error of ours; anything else as it is. */
export function asOurs(error: unknown): unknown {
  return error instanceof BaseError ? toChainError(error) : error;
}

/** Turns whatever was thrown into one sentence with a code. */
export function toShown(thrown: unknown): ShownError {
  const error = asOurs(thrown);
  if (error instanceof ChartkeyError) {
    const option = error.details?.["option"];
    const step = typeof option === "string" ? `The address is that of ${option}.` : NEXT_STEPS[error.code];
    return { code: error.code, message: oneLine(step === undefined ? error.message : `${error.message} ${step}`) };
  }
  if (error instanceof CommanderError)
    return { code: "USAGE", message: oneLine(error.message.replace(/^error: /, "")) };
  const { code, path } = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
  const meaning = typeof code === "string" ? FILE_ERRORS[code] : undefined;
  if (meaning !== undefined) return { code: `FILE_${String(code)}`, message: `${meaning}: ${String(path)}.` };
  return { code: "INTERNAL", message: "The program met a case it does not know. Nothing more was done." };
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, " ")).trim();
}
