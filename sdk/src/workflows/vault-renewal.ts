import { bytesToHex } from "viem";
import { sha256 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { resealVault } from "../crypto/vault/change.ts";
import type { Vault } from "../crypto/vault/secrets.ts";
import { openVault, sealVault } from "../crypto/vault/vault.ts";
import { type PublishedVault, readEarlierVaults, readVersions } from "../chain/directory.ts";
import type { ContentStore } from "../storage/content-store.ts";
import { letterTo } from "../storage/scope.ts";
import { type PreparedVault, publishVault, readVaultDocument, requireVault } from "./keys.ts";
import { type OnPhase, type Session, accountOf, vaultContext } from "./session.ts";
import { type NewWay, type UnlockWith, toAddedMethods, toOpener } from "./unlock-ways.ts";

/** Earlier copies that are tried. */
const MAX_EARLIER = 16;
const NOT_THIS_ONE = new Set(["VAULT_LOST", "CRYPTO_OPEN_FAILED", "VAULT_METHOD_MISSING", "DOCUMENT_MALFORMED"]);

/** The newest copy that a store still has and that opens. */
async function openNewestLeft(session: Session, newest: PublishedVault, way: UnlockWith) {
  const earlier = await readEarlierVaults(session.chain, accountOf(session), newest.version);
  let refusal: unknown;
  for (const published of [newest, ...earlier.slice(0, MAX_EARLIER)]) {
    try {
      const document = await readVaultDocument(session, published);
      return { open: await openVault(vaultContext(session), document, toOpener(session, way)), published };
    } catch (error) {
      if (!(error instanceof ChartkeyError && NOT_THIS_ONE.has(error.code))) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** A vault that was made anew from a copy. */
export interface RenewedVault extends PreparedVault {
  /** The version that was opened; below `newest` when later ones are lost, or did not open. */
  opened: number;
  newest: number;
}

/**
 * Makes a vault anew from the newest copy that can be had: for a successor (a session with the succeeded account and the recovery code),
 * and when stores have lost the newest version. Only `ways` and a new recovery code open it, and its key is new; every key it held stays.
 * Throws `VAULT_LOST`, and what `unlock`, `prepareVault` and, on publishing, `rotateKey` throw.
 */
export async function prepareRenewal(
  session: Session,
  way: UnlockWith,
  ways: readonly NewWay[] = [{ type: "wallet" }],
): Promise<RenewedVault> {
  const context = vaultContext(session);
  const methods = await toAddedMethods(session, ways);
  const { keyVersion } = await readVersions(session.chain, accountOf(session));
  const newest = await requireVault(session);
  const { open: copy, published } = await openNewestLeft(session, newest, way);
  const { open, recoveryCode } = await resealVault(context, copy, methods);
  const { vault } = await sealVault(context, open);
  const replaced = { vaultVersion: newest.version, keyVersion };
  const publish = (onPhase?: OnPhase) => publishVault(session, vault, replaced, onPhase);
  return { vault, recoveryCode, publish, opened: published.version, newest: newest.version };
}

/**
 * Gives the account's newest vault back to the session's store: from an unlocked vault, or from another store that still has it.
 * Throws `VAULT_LOST` when none of them has it, `VAULT_MISSING`, and what the session's store throws.
 */
export async function repairVault(
  session: Session,
  { vault, stores = [] }: { vault?: Vault; stores?: readonly ContentStore[] },
): Promise<void> {
  const published = await requireVault(session);
  const own = letterTo(accountOf(session));
  if (vault !== undefined && bytesToHex(await sha256(vault.document)) === published.digest) {
    await session.store.put(vault.document, own);
    return;
  }
  for (const store of stores) {
    // A store that is lost or away is no reason not to ask the next one.
    const document = await store.getDocument(published.digest, own).catch(() => undefined);
    if (document === undefined) continue;
    await session.store.put(document, own);
    return;
  }
  await readVaultDocument(session, published);
}
