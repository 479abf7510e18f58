import { accountIdentifier, buildMessage, buildReferral, recordUrl, summarize } from "@chartkey/sdk/records";
import type { Hex } from "viem";
import { describe, expect, it } from "vitest";
import type { ChartItem, Integrity } from "../../../lib/chart/items.ts";
import { answerable, correspondenceOf, type Thread } from "./threads.ts";

const PATIENT = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const DOCTOR = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const COLLEAGUE = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";
const names: Readonly<Record<string, string>> = { [DOCTOR]: "Dr Okafor", [COLLEAGUE]: "Dr Wiśniewski" };
const ward = { chainId: 1, patient: PATIENT, nameOf: (account: string) => names[account] ?? account } as const;

const idOf = (sequence: number): Hex => `0x${"ab".repeat(28)}${sequence.toString(16).padStart(8, "0")}`;
const urlOf = (sequence: number) => recordUrl({ recordId: idOf(sequence), index: 0, part: 0 });
const to = (account: `0x${string}`, display = names[account] ?? "Ananya") => ({
  display,
  identifier: accountIdentifier(1, account),
});

function item(sequence: number, author: string, resource?: ChartItem["resource"], more: Partial<ChartItem> = {}) {
  const recordId = idOf(sequence);
  return {
    ...{ key: `${recordId}.0.0`, recordId, index: 0, part: 0, categories: [9], author, time: sequence, when: sequence },
    ...{ hospital: author === PATIENT ? 0 : 1, integrity: "verified", standing: { state: "current" } },
    ...{ entry: { kind: "entry" }, ...(resource ? { resource, summary: summarize(resource) } : {}) },
    ...more,
  } as unknown as ChartItem;
}
const unopened = (sequence: number, integrity: Integrity) => item(sequence, DOCTOR, undefined, { integrity });

interface Said {
  title?: string;
  answers?: string;
  recipients?: object[];
  request?: boolean;
}

function message(sequence: number, author: string, said: Said = {}): ChartItem {
  const { title = "Dose", answers, recipients = [author === PATIENT ? to(DOCTOR) : to(PATIENT)], request } = said;
  const resource = buildMessage({
    ...{ patient: { display: "Ananya" }, author: { display: names[author] ?? "Ananya" }, date: "2026-11-26T09:00:00Z" },
    ...{ recipients, title, text: `Text ${sequence}` },
    ...(answers === undefined
      ? {}
      : {
          answers: { resourceType: request ? "ServiceRequest" : "Communication", reference: answers, display: title },
        }),
  });
  return item(sequence, author, resource);
}

const sequences = ({ messages }: Thread) => messages.map(({ item: { time } }) => time);
const threads = (...items: ChartItem[]) => correspondenceOf(items, ward).threads.map(sequences);

describe("conversations", () => {
  it("hold an answer with what it answers, oldest first, whatever it is called", () => {
    const answer = message(2, DOCTOR, { answers: urlOf(1), title: "Re: Dose" });
    expect(threads(answer, message(3, PATIENT, { answers: urlOf(2) }), message(1, PATIENT))).toEqual([[1, 2, 3]]);
  });

  it("hold messages of one subject among the same people, also older ones that name their addressee alone", () => {
    const older = message(1, PATIENT, { recipients: [{ display: "Dr Okafor" }] });
    const other = message(3, PATIENT, { recipients: [to(COLLEAGUE)] });
    expect(threads(older, message(2, DOCTOR, { title: " dose ", recipients: [{ display: "Ananya" }] }), other)).toEqual(
      [[3], [1, 2]],
    );
  });

  it("come with the one that was added to last first", () => {
    const items = [message(1, PATIENT), message(2, PATIENT, { title: "Visit" }), message(3, DOCTOR)];
    expect(threads(...items)).toEqual([[1, 3], [2]]);
  });

  it("hold a referral and its answers, and no request of an import", () => {
    const referral = buildReferral({
      ...{ patient: { display: "Ananya" }, author: { display: "Dr Okafor" }, date: "2026-11-26T09:00:00Z" },
      ...{ title: "Cardiology", reason: "Murmur", performer: to(COLLEAGUE) },
    });
    const imported = item(3, PATIENT, referral, { entry: { kind: "batch" } as ChartItem["entry"] });
    const answer = message(2, PATIENT, { title: "Cardiology", answers: urlOf(1), request: true });
    const [thread, ...others] = correspondenceOf([item(1, DOCTOR, referral), answer, imported], ward).threads;
    expect(others).toEqual([]);
    expect(thread!.participants.map(({ name }) => name)).toEqual(["Dr Okafor", "Dr Wiśniewski"]);
  });

  it.each<Integrity>(["noAccess", "hidden", "erased", "withheld", "notDelivered"])(
    "whose first message is %s are conversations all the same, and say so",
    (integrity) => {
      const answer = message(2, PATIENT, { answers: urlOf(1) });
      const { threads: found, closed } = correspondenceOf(
        [unopened(1, integrity), answer, unopened(3, integrity)],
        ward,
      );
      expect(found.map(sequences)).toEqual([[1, 2]]);
      expect(found[0]).toMatchObject({ title: "Dose", messages: [{ item: { integrity } }, { answersUnknown: false }] });
      expect(closed.map(({ time }) => time)).toEqual([3]);
    },
  );

  it.each([
    ["is in no chart", urlOf(9)],
    ["is in another patient’s chart", recordUrl({ recordId: `0x${"cd".repeat(28)}00000001`, index: 0, part: 0 })],
    ["is itself", urlOf(2)],
    ["is no record of a chart", "Communication/1"],
  ])("show an answer to what %s, and say that it is not there", (_, answers) => {
    const [thread, ...others] = correspondenceOf([message(2, DOCTOR, { answers })], ward).threads;
    expect(others).toEqual([]);
    expect(thread!.messages).toMatchObject([{ answersUnknown: true }]);
  });

  it("hold an answer to a record of an import that does not open, and take no other record of it for that one", () => {
    const answers = recordUrl({ recordId: idOf(1), index: 3, part: 0 });
    const answer = message(2, DOCTOR, { answers });
    expect(threads(unopened(1, "noAccess"), answer)).toEqual([[1, 2]]);
    const { threads: found } = correspondenceOf([{ ...unopened(1, "hidden"), withheldSince: 5 }, answer], ward);
    expect(found.map(({ messages }) => messages)).toMatchObject([[{ answersUnknown: true }]]);
  });

  it("come to an end when two messages say to answer each other", () => {
    const circle = [message(1, PATIENT, { answers: urlOf(2) }), message(2, DOCTOR, { answers: urlOf(1) })];
    expect(threads(...circle)).toEqual([[1, 2]]);
  });

  it("are told by the accounts that wrote, not by what a message says of its author", () => {
    const [thread] = correspondenceOf(
      [message(1, COLLEAGUE, { recipients: [to(DOCTOR, "Somebody else")] })],
      ward,
    ).threads;
    expect(thread!.participants).toEqual([
      { account: COLLEAGUE, name: "Dr Wiśniewski" },
      { account: DOCTOR, name: "Dr Okafor" },
    ]);
  });

  it("are answered at the newest message of somebody else that opens", () => {
    const own = ({ author }: ChartItem) => author === PATIENT;
    const items = [message(1, PATIENT), message(2, DOCTOR, { answers: urlOf(1) }), message(3, PATIENT)];
    const [thread] = correspondenceOf(items, ward).threads;
    expect(answerable(thread!, own)?.time).toBe(2);
    const [alone] = correspondenceOf([message(1, PATIENT)], ward).threads;
    expect(answerable(alone!, own)?.time).toBe(1);
  });
});
