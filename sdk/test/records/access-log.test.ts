import { describe, expect, it } from "vitest";
import {
  ACCESS_ACTS,
  type AccessLine,
  accessLogCsv,
  buildAuditBundle,
  loadValidator,
} from "../../src/records/index.ts";

const line: AccessLine = {
  recorded: "2026-11-26T09:00:00.000Z",
  act: "delivered",
  agent: `eip155:20265:0x${"ab".repeat(20)}`,
  patient: `eip155:20265:0x${"cd".repeat(20)}`,
  hospital: 1,
  categories: ["results", "diagnosis"],
  entity: "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
  source: "http://127.0.0.1:5001",
  proof: "signature",
};

describe("an access log", () => {
  it("as a Bundle of AuditEvents is valid FHIR R4, whatever was done", async () => {
    const lines = ACCESS_ACTS.map((act) => ({ ...line, act, hospital: act === "granted" ? 0 : 1 }));
    const bundle = buildAuditBundle([...lines, { ...line, hospital: 0, categories: [] }], { timestamp: line.recorded });
    const validator = await loadValidator();
    expect(validator.validate(bundle)).toEqual([]);
    const events = bundle.entry!.map(({ resource }) => resource!);
    for (const event of events) expect(validator.validate(event)).toEqual([]);
    const read = events[ACCESS_ACTS.indexOf("delivered")]!;
    expect(read).toMatchObject({
      action: "R",
      recorded: line.recorded,
      agent: [{ who: { identifier: { value: line.agent } }, requestor: true }],
      source: { observer: { identifier: { value: line.source } } },
    });
  });

  it("as CSV has a header, and no cell that a spreadsheet takes for a formula", () => {
    const cells = ["=1+1", "+1", "-1", "@sum", "\tx", 'a "b", c', "two\r\nlines"];
    const csv = accessLogCsv(cells.map((entity) => ({ ...line, entity })));
    const [header, ...rows] = csv.split(/\r\n(?=2026|$)/);
    expect(header).toBe("\ufeffrecorded,act,agent,patient,hospital,categories,entity,source,proof");
    const told = rows.filter((row) => row !== "").map((row) => row.split("results diagnosis,")[1]);
    const source = `,${line.source},signature`;
    expect(told).toEqual(
      ["'=1+1", "'+1", "'-1", "'@sum", '"\'\tx"', '"a ""b"", c"', '"two\r\nlines"'].map((text) => text + source),
    );
  });
});
