import type { Address, Hex } from "viem";
import { fromBase64Url } from "../bytes.ts";
import { ChartkeyError, isConnectionError, toRecordError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { openPayloadStream } from "../crypto/payload-stream.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import { stillPending } from "../chain/reverts.ts";
import { accountIdentifier } from "../records/account-identifier.ts";
import { buildSource } from "../records/builders.ts";
import { categories } from "../records/categories.ts";
import { partsOf } from "./covers.ts";
import { deliver } from "./deliver.ts";
import type { Invitation } from "./invitation.ts";
import { forgetInvitation } from "./kept-invitations.ts";
import { ChartReader } from "./open.ts";
import { publishBatch } from "./publish.ts";
import type { RemovalReport } from "./removal.ts";
import { type Carrier, type Progress, type UnlockedSession, accountOf, payloadContext, signerOf } from "./session.ts";
import {
  type StagedAccess,
  type Staging,
  type StagingProblem,
  openStaging,
  removeStaging,
  withStaged,
} from "./staged.ts";
import { FHIR_JSON, type OpenedStaged, type StagedRefusal, openStagedRecords } from "./staged-records.ts";
import type { AppName } from "./store-session.ts";
import { requireClaimer } from "./staged-claimer.ts";
import { TAKE_OVER_TERM } from "./voucher-proof.ts";

/** What became of what was staged. */
export interface AcceptedStaged {
  /** Records that are in the chart now; those of an earlier, interrupted call count as well. */
  accepted: number;
  refused: StagedRefusal[];
  /** Lists of which nothing was taken over; they stay, unless they were gone before. */
  problems: StagingProblem[];
  /** What each store did with the staged copies. */
  files: RemovalReport[];
}

/** The list that a batch of the patient's own was made of; undefined for every other entry. Throws what the store throws. */
async function originOf(session: UnlockedSession, reader: ChartReader, entry: AnchoredEntry): Promise<unknown> {
  try {
    const first = (await reader.items(entry)).find(({ index }) => index === 0);
    if (first?.category !== categories.administrative) return undefined;
    const context = payloadContext(session, entry.patient, entry.author, first.category);
    const payload = await reader.readPayload(first, undefined);
    const { meta, cancel } = await openPayloadStream(fromBase64Url(first.key, 32), context, partsOf(payload));
    await cancel();
    return meta["staged"];
  } catch (error) {
    if (isConnectionError(error) || !(error instanceof ChartkeyError)) throw error;
    return undefined;
  }
}

/** The draft that was made of a list, brought into the ledger; undefined when there is none. Throws what `retry` of an outbox throws. */
async function resumeDraft(
  session: UnlockedSession,
  digest: Hex,
  progress: Progress,
): Promise<AnchoredEntry | undefined> {
  const recordId = await session.outbox?.resume?.(session, digest, progress);
  if (recordId === undefined) return undefined;
  const { entries } = await readLedger(session.chain, accountOf(session));
  const entry = entries.find((candidate) => candidate.recordId === recordId);
  // A node that does not show it yet, or a block that was taken back: another batch would be a second one.
  if (entry === undefined) throw stillPending();
  return entry;
}

/** The entry that a list was taken over by. Throws what `readLedger` and the store throw. */
async function findAccepted(
  session: UnlockedSession,
  digest: Hex,
  atBlock?: bigint,
): Promise<AnchoredEntry | undefined> {
  const patient = accountOf(session);
  const { entries } = await readLedger(session.chain, patient, atBlock);
  const reader = new ChartReader(session, patient);
  for (const entry of entries.toReversed())
    if (entry.hospital === 0 && entry.batch && (await originOf(session, reader, entry)) === digest) return entry;
  return undefined;
}

/**
 * Sends the batch of a list without an outbox that knows its drafts by their list: while nothing of the account waits, under the nonce of a block at which the ledger does not
 * have it. Of two programs that do so at the same time one is refused by the chain.
 */
function once(session: UnlockedSession, digest: Hex): Carrier {
  const { client } = session.chain;
  const reserveNonce = async () => {
    const blockNumber = await client.getBlockNumber({ cacheTime: 0 });
    const address = signerOf(session);
    const [used, next, accepted] = await Promise.all([
      client.getTransactionCount({ address, blockNumber }),
      client.getTransactionCount({ address, blockTag: "pending" }),
      findAccepted(session, digest, blockNumber),
    ]);
    if (used !== next || accepted !== undefined) throw stillPending();
    return used;
  };
  return { carry: (sending, parcel, progress) => deliver(sending, parcel, progress, { reserveNonce }) };
}

/** Says where the records came from; the first record of the batch, by which it is recognised. */
function sourceOf(
  session: UnlockedSession,
  { invitation, hospital }: StagedAccess,
  staging: Staging,
  drafts: OpenedStaged[],
) {
  const account = (value: Address) => accountIdentifier(session.chain.id, value);
  const provenance = buildSource({
    targets: drafts.map(({ reference }) => reference),
    organization: { display: invitation.hospitalName, identifier: account(hospital.address) },
    enterer: { display: staging.from, identifier: account(staging.from) },
    recorded: new Date(staging.time * 1000).toISOString(),
  });
  const meta = { contentType: FHIR_JSON, staged: staging.digest };
  return { category: categories.administrative, meta, data: canonicalBytes(provenance) };
}

async function acceptOne(
  session: UnlockedSession,
  access: StagedAccess,
  digest: Hex,
  progress: Progress,
  result: AcceptedStaged,
): Promise<void> {
  const { onPhase, onItem } = progress;
  onPhase?.("checking");
  const before = (await findAccepted(session, digest)) ?? (await resumeDraft(session, digest, progress));
  // A list that is gone and in the chart is done.
  if (before !== undefined) result.accepted += before.batch!.count - 1;
  const staging = await openStaging(access, digest).catch((error: unknown) => {
    if (before !== undefined && error instanceof ChartkeyError && error.code === "STAGING_GONE") return undefined;
    throw error;
  });
  if (staging === undefined) return;
  const isWhole = before !== undefined && before.batch!.count > staging.items.length;
  // Also after an interruption: whoever was interrupted has not been told what was left out.
  const { drafts, refused } = isWhole ? { drafts: [], refused: [] } : await openStagedRecords(access, staging);
  result.refused.push(...refused);
  if (before === undefined) {
    if (drafts.length === 0) return;
    const outbox = session.outbox?.resume === undefined ? once(session, digest) : session.outbox;
    const batch = [sourceOf(session, access, staging, drafts), ...drafts];
    await publishBatch({ ...session, outbox }, accountOf(session), batch, onPhase, onItem, { origin: digest });
    result.accepted += drafts.length;
  }
  result.files.push(...(await removeStaging(access, staging)));
}

/**
 * Takes over what a hospital staged, once the invitation is claimed and the key is published: opens and checks each record, seals it again
 * to the patient and whoever reads his chart, and anchors those of a list as one batch in one transaction, with a Provenance that names the
 * hospital; then removes the staged copies. What cannot be taken is named, the rest goes on. Interrupted anywhere, the same call goes on:
 * the ledger says what was anchored.
 * Throws `STAGING_NOT_MEMBER`, `STAGING_CLAIMED_BY_ANOTHER`, `STAGING_NOT_CLAIMED`, `KEY_MISSING`, `CHAIN_TX_PENDING`, and what `readStaged` and `publishBatch` throw.
 * @param app the program that asks, as stores are told
 */
export function acceptStaged(
  session: UnlockedSession,
  invitation: Invitation,
  app: AppName,
  progress: Progress = {},
): Promise<AcceptedStaged> {
  return withStaged(session, invitation, app, async (access) => {
    await requireClaimer(session, invitation);
    const result: AcceptedStaged = { accepted: 0, refused: [], problems: [], files: [] };
    for (const digest of invitation.staged ?? []) {
      try {
        await acceptOne(session, access, digest, progress, result);
      } catch (error) {
        if (!(error instanceof ChartkeyError) || !error.code.startsWith("STAGING_")) throw error;
        result.problems.push({ digest, problem: toRecordError(error) });
      }
    }
    if (isDone(result, invitation)) await forgetInvitation(session, invitation);
    progress.onPhase?.("done");
    return result;
  });
}

/** Whether nothing is left that the invitation leads to. A store that lost a list may have it again, until none would keep it. */
function isDone({ problems, refused, accepted, files }: AcceptedStaged, { voucher }: Invitation): boolean {
  const failed = files.some(({ outcome }) => outcome === "failed");
  const nothingTaken = refused.length > 0 && accepted === 0;
  const isOver = Date.now() / 1000 > voucher.expiry + TAKE_OVER_TERM;
  const isGone = ({ problem }: StagingProblem) => isOver && problem.code === "STAGING_GONE";
  return !failed && !nothingTaken && problems.every(isGone);
}
