import { setTimeout } from "node:timers/promises";
import {
  HEALTH_CARD_TYPE,
  type Session,
  type UnlockedSession,
  acceptSuccession,
  advanceVisit,
  appointDelegate,
  bookAppointment,
  canonicalBytes,
  claim,
  createHospital,
  decodeHealthLink,
  dispense,
  encodeInvitation,
  endEmergency,
  endHealthLink,
  hideRecord,
  invite,
  linkContent,
  makeHealthLink,
  openEmergency,
  openOrderCode,
  orderReferenceText,
  proposeSuccessor,
  publishHospitalKey,
  publishRecord,
  publishSet,
  readActiveSince,
  readHealthLinks,
  readLedger,
  readOrders,
  readProposal,
  readTimeline,
  readVisits,
  requestAccess,
  requestManifest,
  setReviewer,
  shareRecord,
  showOrder,
  utf8,
} from "@chartkey/sdk";
import {
  accountIdentifier,
  buildEmergencySet,
  buildReferral,
  buildSymptoms,
  loadValidator,
} from "@chartkey/sdk/records";
import type { Address, Hex } from "viem";
import { developmentAccount } from "../../scripts/lib/accounts.ts";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { converse } from "../../scripts/lib/converse.ts";
import { PATIENTS, STAFF } from "../../scripts/lib/examples.ts";
import type { Stack } from "../../scripts/lib/stack.ts";
import { seed } from "../../scripts/seed.ts";
import { hostilePdf } from "../e2e/support/pdf.ts";
import { cardFile, newCardIssuer } from "../support/card-issuer.ts";

/** What screens have to name: where they are, and what is pasted into them. */
export interface Stage {
  readonly rpcUrl: string;
  readonly patient: Address;
  readonly stranger: Address;
  /** RecordRegistry. */
  readonly contract: Address;
  readonly block: number;
  readonly transaction: Hex;
  /** Private code of a prescription, as a pharmacist pastes it. */
  readonly orderCode: string;
  /** What a printed prescription says to anybody. */
  readonly orderReference: string;
  readonly invitation: string;
  /** Text of an entry that was shared with the second doctor. */
  readonly share: string;
  /** Text of a health link, whose passcode is "correct horse". */
  readonly healthLink: string;
  /** Text of one with two SMART Health Cards, one of them altered, and their issuer's key file. */
  readonly cardLink: { readonly text: string; readonly keys: string };
}

const DAY = 86_400;
/** Seconds for which a doctor is active before he opens an emergency, on the local chain, and a block's. */
const COOL_DOWN = 62;

/** Why a colleague asks for access, and what was an emergency. */
export const ASKED = "Your doctor asked me to look at your last results.";
export const EMERGENCY = "Found unconscious at the station.";
const now = () => Math.floor(Date.now() / 1000);
const addressOf = ({ wallet }: Session) => wallet.account.address;

/** Lets things wait for an answer: an invitation, an applicant, a second hospital, a delegate, a successor. */
async function leaveWaiting(stack: Stack, admin: UnlockedSession): Promise<string> {
  const [applicant, founder, helper, other] = [
    await actor(stack, 8),
    await unlockedActor(stack, 9),
    await unlockedActor(stack, 7),
    await unlockedActor(stack, 6),
  ];
  await claim(applicant, await invite(admin, 1, { role: "doctor", speciality: 3 }), { name: "Dr Mei Lin" });
  await createHospital(founder, { name: "Elmford Clinic", address: "3 Mill Lane, Elmford", staff: [] });
  const mandate = { delegate: addressOf(helper), expiry: now() + 90 * DAY };
  await appointDelegate(other, { ...mandate, actions: ["grant", "revoke", "book"] });
  await proposeSuccessor(other, addressOf(other), addressOf(helper));
  return encodeInvitation(await invite(admin, 1, { role: "patient" }));
}

/** An account of the development phrase that nobody has money on or looks at screens with: its wallet was lost. */
const LOST = 10;

/** Has an account with a key propose its successor. Returns the account. */
async function passOn(stack: Stack, heir: Session): Promise<Address> {
  const { address } = developmentAccount(LOST);
  const { chain, wallet } = heir;
  const hash = await wallet.sendTransaction({ account: wallet.account, chain: null, to: address, value: 10n ** 18n });
  await chain.client.waitForTransactionReceipt({ hash });
  await proposeSuccessor(await unlockedActor(stack, LOST), address, addressOf(heir));
  return address;
}

/** Has the proposed successor of an account take it over, once the delay has passed. */
async function takeOver(heir: Session, account: Address): Promise<void> {
  const { effective } = (await readProposal(heir.chain, account))!;
  await setTimeout(Math.max(0, effective + 1 - now()) * 1000);
  await acceptSuccession(heir, account);
}

/** Has the first patient hide one entry, share another, and publish a card. */
async function decide(
  patient: UnlockedSession,
  doctor: Address,
): Promise<Pick<Stage, "block" | "transaction" | "share">> {
  const { entries } = await readLedger(patient.chain, addressOf(patient));
  const [, history] = entries.map(({ recordId }) => recordId) as [Hex, Hex];
  const { transactionHash: transaction, blockNumber } = entries[0]!;
  const { code } = await shareRecord(patient, { recordId: history, index: 2 }, { to: doctor, until: now() + DAY });
  await hideRecord(patient, { recordId: history, index: 1 });
  const details = { name: PATIENTS[0].name, bloodGroup: "0 negative", note: "Speaks Hindi" };
  const bundle = buildEmergencySet({ details, items: [], date: new Date().toISOString() });
  await publishSet(patient, { bundle, asOf: { sequence: entries.length, block: Number(blockNumber) }, hospitals: [1] });
  return { block: Number(blockNumber), transaction, share: code };
}

/** Has the doctor decline a second visit. */
async function callOff(patient: UnlockedSession, doctor: UnlockedSession): Promise<void> {
  const [subject, date] = [{ display: PATIENTS[0].name }, new Date().toISOString()];
  const answers = [{ question: "What brings you here?", answer: "My blood test." }];
  const symptoms = canonicalBytes(buildSymptoms({ patient: subject, author: subject, date, answers }));
  const place = { hospital: 1, doctor: addressOf(doctor), day: Math.floor(now() / DAY) + 3, slot: 44 };
  await bookAppointment(patient, place, { contentType: "application/fhir+json" }, symptoms);
  const visits = await readVisits(doctor.chain, { doctor: addressOf(doctor) });
  for (const visit of visits.filter(({ state }) => state === "requested")) await advanceVisit(doctor, visit, "decline");
}

/** A conversation whose first message the patient hides. */
async function talk(patient: UnlockedSession, doctor: UnlockedSession): Promise<void> {
  const [owner, medic] = [
    { session: patient, name: PATIENTS[0].name },
    { session: doctor, name: STAFF[0].name },
  ];
  const [recordId] = await converse(owner, "Sleep", [
    { by: owner, to: medic, text: "I wake at three each night." },
    { by: medic, to: owner, text: "Write down for a week when you go to bed, and bring it to the visit." },
  ]);
  await hideRecord(patient, { recordId: recordId!, index: 0 });
}

/** A letter with prose and a file in it, and a PDF. */
async function addDocuments(patient: UnlockedSession): Promise<void> {
  const div =
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>Rested <b>well</b>.</p><table><tr><th>Weight</th><td>71 kg</td></tr></table></div>';
  const data = Buffer.from("Dear colleague, thank you for looking after her.").toString("base64");
  const letter = {
    ...{ resourceType: "DocumentReference", status: "current", description: "Letter of discharge" },
    text: { status: "additional", div },
    content: [
      { attachment: { contentType: "text/plain", title: "Letter", data } },
      { attachment: { contentType: "application/pdf", title: "Scan", url: "https://records.example/scan.pdf" } },
    ],
  };
  const account = addressOf(patient);
  const fhir = { contentType: "application/fhir+json" };
  await publishRecord(patient, account, { category: 2, meta: fhir, data: utf8(JSON.stringify(letter)) });
  const pdf = { contentType: "application/pdf", title: "Lipid panel.pdf" };
  await publishRecord(patient, account, { category: 7, meta: pdf, data: hostilePdf(["Lipid panel", "Page two"]) });
}

/** Has the patient give a summary to whoever has a link; another link is over. */
async function giveLinks(patient: UnlockedSession): Promise<string> {
  const [timeline, validator] = await Promise.all([readTimeline(patient, addressOf(patient)), loadValidator()]);
  const choice = { format: "ips", categories: [1, 2, 3, 4, 5, 6, 7, 8, 9] } as const;
  const { file } = await linkContent(patient, timeline, validator, choice, new Date().toISOString());
  await makeHealthLink(patient, { files: [file], exp: now() + DAY, label: "For my sister" });
  const { links } = await readHealthLinks(patient);
  await endHealthLink(patient, links[0]!);
  const { text } = await makeHealthLink(patient, {
    ...{ files: [file], exp: now() + 7 * DAY, label: "For the clinic", passcode: "correct horse" },
  });
  const link = decodeHealthLink(text);
  await requestManifest(link, { recipient: "Dr Roth, City Clinic", passcode: "correct horse" });
  return text;
}

async function giveCards(patient: UnlockedSession): Promise<Stage["cardLink"]> {
  const { issue, key } = await newCardIssuer("https://vaccines.example.org/cards");
  const vaccine = {
    ...{ resourceType: "Immunization", status: "completed", patient: { display: PATIENTS[0].name } },
    ...{ vaccineCode: { text: "Tetanus" }, occurrenceDateTime: "2026-03-02" },
  };
  const [header, , signature] = (await issue([])).split(".");
  const [, payload] = (await issue([vaccine])).split(".");
  const data = cardFile(await issue([vaccine]), `${header}.${payload}.${signature}`);
  const { text } = await makeHealthLink(patient, {
    ...{
      files: [{ contentType: HEALTH_CARD_TYPE, data }],
      exp: now() + DAY,
      renewable: true,
      label: "My vaccinations",
    },
  });
  return { text, keys: JSON.stringify({ keys: [key] }) };
}

/** Has a colleague ask for access, and the doctor refer to him without it. */
async function askFor(patient: UnlockedSession, doctor: UnlockedSession, colleague: Session): Promise<void> {
  const account = addressOf(patient);
  await requestAccess(colleague, { patient: account, hospital: 1, read: 1 << 7, write: 0, reason: ASKED });
  const referral = buildReferral({
    ...{ patient: { display: PATIENTS[0].name }, author: { display: STAFF[0].name }, date: new Date().toISOString() },
    ...{ title: "Cardiology", reason: "A murmur that was not there in spring." },
    performer: { display: STAFF[1].name, identifier: accountIdentifier(patient.chain.id, addressOf(colleague)) },
  });
  const meta = { contentType: "application/fhir+json" };
  await publishRecord(doctor, account, { category: 9, meta, data: canonicalBytes(referral) });
}

/** Leaves one emergency open, and one that was ended to its judge; the doctor has to be active for the cool-down before. */
async function openEmergencies(doctor: Session, patient: UnlockedSession, other: Session): Promise<void> {
  const { chain } = doctor;
  const since = await readActiveSince(chain, 1, addressOf(doctor), "doctor");
  await setTimeout(Math.max(0, since + COOL_DOWN - now()) * 1000);
  const terms = { hospital: 1, categories: [3, 4, 5], reason: EMERGENCY };
  await openEmergency(doctor, { ...terms, patient: addressOf(other) });
  await openEmergency(doctor, { ...terms, patient: addressOf(patient) });
  await endEmergency(patient, addressOf(doctor));
}

/** Fills a freshly deployed stack with the people of the demo, and with what they have not done there. */
export async function setStage(stack: Stack): Promise<Stage> {
  await seed(stack);
  const [admin, doctor, patient, pharmacist, colleague] = [
    await unlockedActor(stack, 1),
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 4),
    await unlockedActor(stack, 5),
  ];
  await publishHospitalKey(admin, 1);
  await setReviewer(admin, 1, { account: addressOf(colleague), appointed: true });
  const heir = await actor(stack, 7);
  const lost = await passOn(stack, heir);
  const invitation = await leaveWaiting(stack, admin);
  const decided = await decide(patient, addressOf(colleague));
  await callOff(patient, doctor);
  await talk(patient, doctor);
  await addDocuments(patient);
  await askFor(patient, doctor, colleague);
  const account = addressOf(patient);
  const [order] = await readOrders(patient.chain, { patient: account });
  const orderCode = await showOrder(patient, account, order!.id);
  await dispense(pharmacist, await openOrderCode(pharmacist, orderCode), { hospital: 1, amounts: [1, 0] });
  await openEmergencies(doctor, patient, await actor(stack, 6));
  await takeOver(heir, lost);
  return {
    ...decided,
    rpcUrl: stack.rpcUrl,
    healthLink: await giveLinks(patient),
    cardLink: await giveCards(patient),
    ...{ contract: patient.chain.deployment.records },
    ...{ patient: account, stranger: addressOf(doctor), invitation, orderCode },
    orderReference: orderReferenceText(patient, order!.id),
  };
}
