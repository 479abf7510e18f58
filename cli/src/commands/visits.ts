import { ChartkeyError, type UnlockedSession, type Visit, openRequest, readVisits } from "@chartkey/sdk";
import type { Spec } from "../command.ts";
import { openUnlocked } from "../session.ts";
import { toInstant } from "../values.ts";

/** Answers of a QuestionnaireResponse, as text. */
function answersIn(request: unknown): string[] {
  const { item } = (request ?? {}) as { item?: { answer?: { valueString?: string }[] }[] };
  if (!Array.isArray(item)) return [];
  return item.flatMap(({ answer }) => answer ?? []).flatMap(({ valueString }) => valueString ?? []);
}

async function describe(session: UnlockedSession, visit: Visit) {
  const { id, hospital, doctor, patient, round, state, hurried, feeGwei, start } = visit;
  const place = { id, round, start: toInstant(start), hospital, doctor, patient };
  const shared = { ...place, state, hurried, feeGwei: String(feeGwei) };
  try {
    return { ...shared, symptoms: answersIn(await openRequest(session, visit)) };
  } catch (error) {
    if (!(error instanceof ChartkeyError)) throw error;
    return { ...shared, symptoms: [], problem: { code: error.code, message: error.message } };
  }
}

export const visitsCommand: Spec = {
  name: "visits",
  summary: "List your visits, as patient and as doctor, with what was written when booking.",
  example: "",
  async run(io) {
    const session = await openUnlocked(io);
    const { chain, wallet } = session;
    const { address } = wallet.account;
    const both = await Promise.all([readVisits(chain, { patient: address }), readVisits(chain, { doctor: address })]);
    const visits = await Promise.all(both.flat().map((visit) => describe(session, visit)));
    const lines = visits.map(
      ({ start, state, hurried, patient, doctor, symptoms }) =>
        `${start}  ${state}${hurried ? " late, free to cancel" : ""}  patient ${patient}, doctor ${doctor}: ${symptoms.join("; ")}`,
    );
    return { json: { visits }, lines: lines.length === 0 ? ["There are no visits."] : lines };
  },
};
