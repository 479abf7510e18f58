import { ChartkeyError } from "../../errors.ts";
import type { VaultContext } from "./context.ts";
import { MAX_METHODS } from "./document.ts";
import { type Method, type NewMethod, makeMethod } from "./methods.ts";
import { generateRecoveryCode } from "./recovery-code.ts";
import { type VaultSecrets, generateSecrets, rotateIdentity } from "./secrets.ts";
import type { OpenVault } from "./vault.ts";

/** A way to open that may be added to a vault; its recovery code is only ever replaced. */
export type AddedMethod = Exclude<NewMethod, { type: "recovery" }>;

/** A vault with the code that opens it from now on. */
export interface WithCode {
  open: OpenVault;
  /** To be written down; it is kept nowhere. */
  recoveryCode: string;
}

/** Whether two methods would open with the same thing: one wallet, one recovery code, each passkey once. */
function replaces(added: Method, { type, ...method }: Method): boolean {
  if (added.type !== type) return false;
  if (added.type !== "passkey") return true;
  return "credential" in method && String(method.credential) === String(added.credential);
}

function withMethod({ secrets, methods }: OpenVault, added: Method): OpenVault {
  const others = methods.filter((method) => !replaces(added, method));
  if (others.length >= MAX_METHODS)
    throw new ChartkeyError(
      "VAULT_TOO_MANY_METHODS",
      `A vault has at most ${MAX_METHODS} ways to open. Remove one first.`,
    );
  return { secrets, methods: [...others, added] };
}

/**
 * Adds a way to open, or replaces it: a vault has one wallet, with or without a passcode, and each passkey once.
 * Throws `VAULT_TOO_MANY_METHODS` and what `makeMethod` throws.
 */
export async function addMethod(context: VaultContext, open: OpenVault, method: AddedMethod): Promise<OpenVault> {
  return withMethod(open, await makeMethod(context, method));
}

/** Removes the ways to open that `isRemoved` names. The recovery code is replaced, never removed. Throws `VAULT_METHOD_MISSING`. */
export function removeMethod({ secrets, methods }: OpenVault, isRemoved: (method: Method) => boolean): OpenVault {
  const kept = methods.filter((method) => method.type === "recovery" || !isRemoved(method));
  if (kept.length === methods.length)
    throw new ChartkeyError(
      "VAULT_METHOD_MISSING",
      "There is no such way to open to remove. The recovery code is only ever replaced by a new one.",
    );
  return { secrets, methods: kept };
}

/** Makes a new recovery code; the one before opens this vault no longer. */
export async function renewRecoveryCode(context: VaultContext, open: OpenVault): Promise<WithCode> {
  const code = generateRecoveryCode();
  return { open: withMethod(open, await makeMethod(context, { type: "recovery", code })), recoveryCode: code };
}

/** A new identity; the ones before stay in the vault, so that what was sealed to them still opens. */
export async function rotateVault({ secrets, methods }: OpenVault): Promise<OpenVault> {
  return { secrets: await rotateIdentity(secrets), methods };
}

async function withFreshMethods(context: VaultContext, secrets: VaultSecrets, methods: readonly AddedMethod[]) {
  let open: OpenVault = { secrets, methods: [] };
  for (const method of methods) open = await addMethod(context, open, method);
  return renewRecoveryCode(context, open);
}

/** A new vault that `methods` open, and a recovery code. Throws what `addMethod` throws. */
export async function newVault(context: VaultContext, methods: readonly AddedMethod[]): Promise<WithCode> {
  return withFreshMethods(context, await generateSecrets(), methods);
}

/**
 * A succeeded account's vault for its successor: nothing stays that the one before opens it with, and its identity is new.
 * Throws what `addMethod` throws.
 */
export async function resealVault(
  context: VaultContext,
  { secrets }: OpenVault,
  methods: readonly AddedMethod[],
): Promise<WithCode> {
  return withFreshMethods(context, await rotateIdentity(secrets), methods);
}
