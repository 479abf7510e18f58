import { type UnlockedSession, canonicalBytes, publishRecord } from "@chartkey/sdk";
import { type Actor, accountIdentifier, buildMessage, categories, recordUrl } from "@chartkey/sdk/records";
import type { Address, Hex } from "viem";

/** Somebody who writes, as records name him. */
export interface Writer {
  session: UnlockedSession;
  name: string;
}

/** What is said: the first message begins, each of the others answers the one before it. */
export interface Said {
  by: Writer;
  to: Writer;
  text: string;
}

/** Writes a conversation into a patient's chart, and gives the ids of its entries. */
export async function converse(patient: Writer, title: string, said: readonly Said[]): Promise<Hex[]> {
  const account: Address = patient.session.wallet.account.address;
  const ids: Hex[] = [];
  for (const { by, to, text } of said) {
    const { chain, wallet } = to.session;
    const recipient: Actor = { display: to.name, identifier: accountIdentifier(chain.id, wallet.account.address) };
    const before = ids.at(-1);
    const answers = before && {
      resourceType: "Communication" as const,
      reference: recordUrl({ recordId: before, index: 0, part: 0 }),
      display: title,
    };
    const message = buildMessage({
      ...{ patient: { display: patient.name }, author: { display: by.name }, date: new Date().toISOString() },
      ...{ recipients: [recipient], title, text },
      ...(answers ? { answers } : {}),
    });
    const meta = { contentType: "application/fhir+json" };
    const draft = { category: categories.correspondence, meta, data: canonicalBytes(message) };
    ids.push(await publishRecord(by.session, account, draft));
  }
  return ids;
}
