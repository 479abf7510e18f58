import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { categoryFile } from "../storage/scope.ts";
import { type Chart, readOwnChart } from "./controlled-chart.ts";
import type { RecordReference } from "./corrections.ts";
import { type Elsewhere, elsewhereOf } from "./elsewhere.ts";
import { SHARE_TYPE, recordKey } from "./notices.ts";
import { publishRecord } from "./publish.ts";
import { type Doomed, type RemovalReport, removeEverywhere } from "./removal.ts";
import type { OnPhase, UnlockedSession } from "./session.ts";
import { SHARE_CATEGORY, type Share, sharesOf } from "./shares.ts";

/** The cover of a share, as its patient removes it. */
export const coverFile = (patient: Address, { cover, category, record }: Share): Doomed => ({
  ...{ kind: "cover", reference: cover, record },
  scope: categoryFile(patient, category),
});

/** What stores may have of a record because it was shared; also of shares that ended, whose removal may have failed. */
export function coversOfShares(chart: Pick<Chart, "patient" | "notices">, record: RecordReference): Doomed[] {
  const shares = sharesOf(chart).filter((share) => recordKey(share.record) === recordKey(record));
  return shares.map((share) => coverFile(chart.patient, share));
}

/** What ended with a share, and what did not. */
export interface ShareEnd {
  files: RemovalReport[];
  elsewhere: Elsewhere;
}

/** Takes the covers of shares off the stores and notes, in one signature, which of them end with that. */
export async function endShares(
  session: UnlockedSession,
  { patient }: Chart,
  shares: readonly Share[],
  onPhase?: OnPhase,
): Promise<RemovalReport[]> {
  const files = await removeEverywhere(
    session,
    shares.map((share) => coverFile(patient, share)),
  );
  const withdrawn = shares.filter((share) => !share.withdrawn).map(({ notice }) => notice);
  if (withdrawn.length === 0) return files;
  const data = canonicalBytes({ v: 1, withdrawn });
  const draft = { category: SHARE_CATEGORY, meta: { contentType: SHARE_TYPE }, data };
  await publishRecord(session, patient, draft, onPhase, { alone: true });
  return files;
}

/**
 * Ends a share before its time: its cover leaves the stores first, then the patient notes it (one signature). What was opened stays with
 * whom it was shared with. It may be called again when a store failed: then nothing is signed.
 * Throws `NOTHING_TO_END`, `NOTICE_MISSING`, and what the chain and `transact` throw.
 */
export async function withdrawShare(session: UnlockedSession, notice: Hex, onPhase?: OnPhase): Promise<ShareEnd> {
  onPhase?.("checking");
  const chart = await readOwnChart(session);
  const share = sharesOf(chart).find((candidate) => candidate.notice === notice.toLowerCase());
  if (share === undefined)
    throw new ChartkeyError("NOTHING_TO_END", "There is no such share that could be ended. Nothing was sent.");
  const elsewhere = await elsewhereOf(session, chart, share.record, share.notice);
  return { files: await endShares(session, chart, [share], onPhase), elsewhere };
}
