import type { Hex } from "viem";
import { type PageKeys, type PageReference, encodeKeyring, sealPage } from "../crypto/keyring.ts";
import { epochKey } from "../crypto/epoch.ts";
import { type Consent, readConsent } from "../chain/consent.ts";
import { transact } from "../chain/transact.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { categoryFile, chartFile } from "../storage/scope.ts";
import { readPage } from "./chart-keys.ts";
import { readKeyringHistory } from "./keyring-update.ts";
import { type Doomed, type RemovalReport, removeEverywhere } from "./removal.ts";
import { ALL_CATEGORIES, type OnPhase, type UnlockedSession, accountOf, chartContext, watch } from "./session.ts";

/** How often a keyring is made anew when another device changes the consent at the same moment. */
const TRIES = 4;

/**
 * Names a keyring without another change of consent: a revoke that names the patient himself, who has no grant (docs/protocol.md).
 * Returns whether nothing came between.
 */
async function commitKeyring(session: UnlockedSession, { head }: Consent, keyring: Hex, onPhase?: OnPhase) {
  const { chain, wallet } = session;
  const patient = accountOf(session);
  const call = {
    address: chain.deployment.consent,
    abi: consentRegistryAbi,
    functionName: "revoke",
    args: [patient, patient, keyring],
  } as const;
  await transact(chain, wallet, call, watch(onPhase));
  const { changes } = await readConsent(chain, patient);
  const ours = changes.findLastIndex((change) => change.keyring === keyring);
  return changes[ours - 1]?.head === head;
}

/**
 * Takes the keys of records out of every key page, names the new keyring, and removes the pages that had them from every store.
 * Nothing is signed when no page has one of them.
 */
export async function dropKeys(
  session: UnlockedSession,
  recordIds: readonly Hex[],
  onPhase?: OnPhase,
): Promise<RemovalReport[]> {
  const patient = accountOf(session);
  const chart = chartContext(session, patient);
  for (let tries = 1; ; tries += 1) {
    const consent = await readConsent(session.chain, patient);
    const { keyring, earlierPages } = await readKeyringHistory(session, consent);
    const doomed: Doomed[] = [];
    const pages: PageReference[] = [];
    for (const page of keyring.pages) {
      const { category, epoch } = page;
      const file = categoryFile(patient, category);
      const key = { category, epoch, key: await epochKey(session.vault.chartKey, chart, category, epoch) };
      const earlier = earlierPages.filter((one) => one.category === category && one.epoch === epoch);
      // A page that another device named at the same moment has keys that the newest one lacks.
      const keys: PageKeys = new Map();
      for (const one of tries === 1 ? [page] : [...earlier, page])
        for (const [recordId, contentKey] of (await readPage(session, patient, key, one)) ?? [])
          keys.set(recordId, contentKey);
      const had = recordIds.filter((recordId) => keys.delete(recordId));
      if (had.length === 0) {
        pages.push(page);
        continue;
      }
      const sealed = await session.store.put(await sealPage(chart, key, keys), file);
      pages.push({ category, epoch, ...sealed });
      const old = [...earlier, page].filter(({ digest }) => digest !== sealed.digest);
      doomed.push(...old.map((reference): Doomed => ({ kind: "page", reference, scope: file })));
    }
    if (doomed.length === 0) return [];
    const renewed = { ...keyring, number: keyring.number + 1, previous: consent.keyring ?? null, pages };
    const { digest } = await session.store.put(encodeKeyring(renewed), chartFile(patient, ALL_CATEGORIES));
    const alone = await commitKeyring(session, consent, digest, onPhase);
    if (alone || tries === TRIES) return removeEverywhere(session, doomed);
  }
}
