import { describe, expect, it } from "vitest";
import {
  accountIdentifier,
  accountOfReference,
  answeredBy,
  buildMessage,
  loadValidator,
  placeOfUrl,
  recordUrl,
  summarize,
} from "../../src/records/index.ts";

const account = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const recordId = `0x${"ab".repeat(28)}00000007` as const;
const written = {
  ...{ patient: { display: "Ananya" }, author: { display: "Dr Ada" }, date: "2026-02-03T09:00:00Z" },
  ...{ title: "Dose", text: "With food.", recipients: [{ display: "Ananya" }] },
};

describe("an answer", () => {
  const place = { recordId, index: 2, part: 1 };
  const reference = recordUrl(place);

  it.each([
    ["Communication", "inResponseTo"],
    ["ServiceRequest", "basedOn"],
  ] as const)("names the %s that it answers as FHIR R4 has it, by %s", async (resourceType, element) => {
    const message = buildMessage({ ...written, answers: { resourceType, reference, display: "Dose" } });
    expect((await loadValidator()).validate(message)).toEqual([]);
    expect(message[element]).toEqual([{ reference, type: resourceType, display: "Dose" }]);
    expect(answeredBy(message)).toEqual([reference]);
    expect(summarize(message).lines).toContainEqual({ label: "inResponseTo", text: "Dose" });
  });

  it("is no valid resource when what it answers has another form", async () => {
    const validator = await loadValidator();
    const odd = { ...buildMessage(written), inResponseTo: reference };
    expect(validator.validate(odd as never)).not.toEqual([]);
    expect(answeredBy(buildMessage(written))).toEqual([]);
  });

  it("names a place in the chart, and whatever else an author wrote is none", () => {
    expect(placeOfUrl(reference)).toEqual(place);
    const none = [
      `urn:chartkey:${recordId}:0`,
      `urn:chartkey:${recordId}:01:0`,
      `${reference}0000000`,
      `x${reference}`,
      "urn:chartkey:0x1:0:0",
      "Communication/1",
    ];
    expect(none.map(placeOfUrl)).toEqual(none.map(() => undefined));
  });
});

describe("an account in a reference", () => {
  it("is told by its chain, and by nothing else", () => {
    const identifier = accountIdentifier(20265, account);
    expect(identifier.value).toBe(`eip155:20265:${account}`);
    expect(accountOfReference(20265, { identifier })).toBe(account);
    expect(accountOfReference(1, { identifier })).toBeUndefined();
    expect(accountOfReference(20265, { identifier: { ...identifier, system: "urn:x" } })).toBeUndefined();
    expect(accountOfReference(20265, { identifier: { ...identifier, value: `${identifier.value}0` } })).toBeUndefined();
    expect(accountOfReference(20265, { display: account })).toBeUndefined();
  });
});
