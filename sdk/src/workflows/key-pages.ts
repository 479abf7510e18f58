import type { Address, Hex } from "viem";
import { type PageKeys, type PageReference, encodeKeyring, sealPage } from "../crypto/keyring.ts";
import { epochKey } from "../crypto/epoch.ts";
import { type Consent, readConsent } from "../chain/consent.ts";
import type { AnchoredEntry } from "../chain/ledger.ts";
import { transact } from "../chain/transact.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { categoryFile, chartFile } from "../storage/scope.ts";
import { readPage } from "./chart-keys.ts";
import { readKeyringHistory } from "./keyring-update.ts";
import { type Doomed, type RemovalReport, removeEverywhere } from "./removal.ts";
import {
  ALL_CATEGORIES,
  type OnPhase,
  type UnlockedSession,
  accountOf,
  categoriesOf,
  chartContext,
  watch,
} from "./session.ts";

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
 * Takes the keys of erased entries out of every key page, names the new keyring, and removes every page of their categories that is named
 * no more from every store. Nothing is signed when no page in force has one of them; what a store failed to remove before goes all the same.
 */
export async function dropKeys(
  session: UnlockedSession,
  erased: readonly AnchoredEntry[],
  onPhase?: OnPhase,
): Promise<RemovalReport[]> {
  const recordIds = erased.map(({ recordId }) => recordId);
  const patient = accountOf(session);
  const chart = chartContext(session, patient);
  for (let tries = 1; ; tries += 1) {
    const consent = await readConsent(session.chain, patient);
    const { keyring, earlierPages } = await readKeyringHistory(session, consent);
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
      pages.push({ category, epoch, ...(await session.store.put(await sealPage(chart, key, keys), file)) });
    }
    const mask = erased.reduce((all, entry) => all | categoriesOf(entry), 0);
    const inForce = new Set(pages.map(({ digest }) => digest));
    const replaced = [...earlierPages, ...keyring.pages].filter(
      ({ category, digest }) => ((mask >> category) & 1) === 1 && !inForce.has(digest),
    );
    const doomed = [...new Map(replaced.map((page) => [page.digest, pageFile(patient, page)])).values()];
    if (pages.every((page) => keyring.pages.includes(page))) return removePages(session, doomed);
    const renewed = { ...keyring, number: keyring.number + 1, previous: consent.keyring ?? null, pages };
    const { digest } = await session.store.put(encodeKeyring(renewed), chartFile(patient, ALL_CATEGORIES));
    const alone = await commitKeyring(session, consent, digest, onPhase);
    if (alone || tries === TRIES) return removePages(session, doomed);
  }
}

const pageFile = (patient: Address, reference: PageReference): Doomed => ({
  ...{ kind: "page", reference, scope: categoryFile(patient, reference.category) },
});

/** Pages that went before are not worth a word. */
async function removePages(session: UnlockedSession, pages: readonly Doomed[]): Promise<RemovalReport[]> {
  return (await removeEverywhere(session, pages)).filter(({ outcome }) => outcome !== "absent");
}
