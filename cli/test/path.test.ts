import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Composition } from "@medplum/fhirtypes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestStack, cliOf, openStack } from "./support.ts";

interface Timeline {
  entries: { recordId: string; records: { category: string; resources: { title: string }[] }[]; problem?: object }[];
}
interface Bundle {
  entry: { fullUrl?: string; resource: { id: string } }[];
}

const FIXTURES = fileURLToPath(new URL("fixtures", import.meta.url));

let stack: TestStack;
let registrar: ReturnType<typeof cliOf>;
let admin: ReturnType<typeof cliOf>;
let doctor: ReturnType<typeof cliOf>;
let patient: ReturnType<typeof cliOf>;

const readJson = async (name: string) => JSON.parse(await readFile(join(stack.dir, name), "utf8")) as unknown;
const titles = ({ entries }: Timeline) =>
  entries.flatMap(({ records }) => records.flatMap(({ resources }) => resources.map(({ title }) => title)));

beforeAll(async () => {
  stack = await openStack();
  await cp(FIXTURES, join(stack.dir, "fixtures"), { recursive: true });
  registrar = cliOf(stack, 0);
  admin = cliOf(stack, 1);
  doctor = cliOf(stack, 2);
  patient = cliOf(stack, 3);
});

afterAll(() => stack?.close());

const NONE = { repaired: [], refused: [] };

describe("the path of the paper, from the command line", () => {
  it("tells who needs a vault what makes it, and gives the recovery code to stderr once", async () => {
    const refused = await admin.raw("hospital", "create", "--name", "Ridgeway General Hospital");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/vault create \[VAULT_MISSING\]/);
    for (const person of [admin, doctor, patient]) {
      const { code, stdout, stderr } = await person.raw("vault", "create", "--json");
      expect({ code, json: JSON.parse(stdout) }).toEqual({ code: 0, json: { account: person.address } });
      expect(stderr).toMatch(/Recovery code: (\w{4}-){7}\w{4}\n.*only once/);
    }
    expect(await patient.json("whoami")).toMatchObject({ account: patient.address, vault: true, memberships: [] });
  });

  it("creates and accredits a hospital, invites, claims and confirms", async () => {
    const name = "Ridgeway General Hospital";
    expect(await admin.json("hospital", "create", "--name", name)).toMatchObject({ id: 1, accreditation: "pending" });
    await registrar.json("hospital", "accredit", "1");
    for (const [person, role, fullName] of [
      [doctor, "doctor", "Dr Amara Okafor"],
      [patient, "patient", "Ananya Sharma"],
    ] as const) {
      const speciality = role === "doctor" ? ["--speciality", "internal medicine"] : [];
      const { invitation } = await admin.json<{ invitation: string }>(
        ...["invite", "--hospital", "1", "--role", role, ...speciality],
      );
      expect(await person.json("claim", invitation, "--name", fullName)).toMatchObject({ hospital: 1, role });
    }
    const staff = ["--account", doctor.address, "--name", "Dr Amara Okafor", "--role", "doctor", "--speciality", "2"];
    await admin.json("confirm", "--hospital", "1", ...staff);
    const { hospitals } = await patient.json<{ hospitals: object[] }>("hospital", "list");
    expect(hospitals).toMatchObject([
      { id: 1, name, accreditation: "accredited", staff: [{ account: doctor.address, name: "Dr Amara Okafor" }] },
    ]);
  });

  it("imports a file, recognises it the second time, and shows it", async () => {
    const file = join("fixtures", "chart.json");
    const imported = await patient.json("import", file, "--patient", patient.address);
    expect(imported).toEqual({ accepted: 3, unchanged: 0, repaired: [], refused: [], unlisted: NONE });
    const again = await patient.json("import", file, "--patient", patient.address);
    expect(again).toEqual({ accepted: 0, unchanged: 3, repaired: [], refused: [], unlisted: NONE });
    const timeline = await patient.json<Timeline>("timeline", "--patient", patient.address);
    expect(timeline.entries).toHaveLength(1);
    expect(titles(timeline)).toEqual(["Ananya अनन्या Sharma", "Glucose, fasting", "Type 2 diabetes"]);
  });

  it("takes what is valid of a damaged file and names the rest, with exit code 2", async () => {
    const { code, stdout } = await patient.raw(
      ...["import", join("fixtures", "damaged.json"), "--patient", patient.address, "--json"],
    );
    const { accepted, unchanged, refused } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ code, accepted, unchanged }).toEqual({ code: 2, accepted: 1, unchanged: 0 });
    const file = join("fixtures", "damaged.json");
    expect(refused).toEqual([
      { file, path: "Bundle.entry[1].resource.status", reason: expect.stringContaining("Missing") as string },
      { file, path: "Bundle.entry[2].resource", reason: expect.stringContaining("Horoscope") as string },
    ]);
  });

  it("lets the doctor read and write what was granted, and nothing else", async () => {
    const chart = ["--patient", patient.address];
    const refused = await doctor.raw("import", join("fixtures", "chart.json"), ...chart, "--json");
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "IMPORT_NO_ACCESS" } });
    expect(refused.stderr).toContain("administrative, diagnosis, results");
    const terms = ["--read", "results,diagnosis", "--write", "results", "--until", "2027-06-30"];
    const granted = await patient.json("grant", "--to", doctor.address, "--hospital", "1", ...terms);
    expect(granted).toMatchObject({ read: ["diagnosis", "results"], until: "2027-07-01T00:00:00Z" });
    const seen = await doctor.json<Timeline>("timeline", ...chart);
    expect(titles(seen)).toEqual(["Heart rate", "Glucose, fasting", "Type 2 diabetes"]);
    const partly = await doctor.raw("import", join("fixtures", "chart.json"), ...chart);
    expect(partly).toMatchObject({ code: 1 });
    expect(partly.stderr).toContain("administrative, diagnosis.");
    const own = await doctor.raw("import", join("fixtures", "damaged.json"), ...chart, "--json");
    expect({ code: own.code, ...JSON.parse(own.stdout) }).toMatchObject({ code: 2, accepted: 0, unchanged: 1 });
  });

  it("books a visit, and prescribes an order that the patient opens", async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const hours = ["--hospital", "1", "--date", tomorrow, "--from", "09:00", "--to", "10:00"];
    expect(await doctor.json("availability", ...hours, "--fee", "0.02")).toMatchObject({ feeGwei: "20000000" });
    expect(await doctor.json("availability", ...hours)).toMatchObject({ open: 4, feeGwei: "20000000" });
    await doctor.json("availability", ...hours, "--fee", "0");
    const place = ["--hospital", "1", "--doctor", doctor.address];
    await patient.json("book", ...place, "--at", `${tomorrow}T09:15:00Z`, "--symptoms", "Thirsty for weeks");
    const { visits } = await doctor.json<{ visits: object[] }>("visits");
    expect(visits).toMatchObject([
      { start: `${tomorrow}T09:15:00Z`, state: "requested", patient: patient.address, symptoms: ["Thirsty for weeks"] },
    ]);
    const terms = ["--read", "results", "--write", "results,medication", "--until", "2027-06-30"];
    await patient.json("grant", "--to", doctor.address, "--hospital", "1", ...terms);
    const medicines = ["--medicine", "Metformin 500 mg", "--dosage", "with food", "--fills", "3"];
    const rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    medicines.push("--code", `${rxnorm}|6809`);
    const { recordId } = await doctor.json<{ recordId: string }>(
      ...["prescribe", "--patient", patient.address, ...medicines, "--until", tomorrow],
    );
    const opened = await patient.json<{ records: object[] }>("open", recordId, "--patient", patient.address);
    expect(opened.records).toMatchObject([
      {
        author: doctor.address,
        resources: [
          {
            requester: { display: "Dr Amara Okafor" },
            medicationCodeableConcept: {
              coding: [{ system: rxnorm, code: "6809", display: "metformin" }],
              text: "Metformin 500 mg",
            },
          },
        ],
      },
    ]);
    const wrong = await doctor.raw("prescribe", "--patient", patient.address, ...medicines.slice(0, -1), "6809");
    expect(wrong.stderr).toContain("Expected the URL of a code system");
  });

  it("opens one record, and exports all as they were imported", async () => {
    const { records } = await patient.json<{ records: object[] }>(
      ...["open", "1", "--patient", patient.address, "--index", "1"],
    );
    expect(records).toMatchObject([
      { category: "results", author: patient.address, resources: [{ valueQuantity: { value: 7.25 } }] },
    ]);
    const exported = await patient.json("export", "mine.json", "--format", "bundle", "--patient", patient.address);
    expect(exported).toMatchObject({ resources: 5, unreadable: 0, files: 0, hidden: 0 });
    const [bundle, source] = [
      (await readJson("mine.json")) as Bundle,
      (await readJson("fixtures/chart.json")) as Bundle,
    ];
    expect(bundle.entry.slice(0, 3)).toEqual(source.entry);
    expect(bundle.entry[3]!.resource.id).toBe("pulse");
    expect(bundle.entry[4]!.resource).toMatchObject({ resourceType: "MedicationRequest" });
    await patient.json("export", "mine.ndjson", "--format", "ndjson", "--patient", patient.address);
    const lines = (await readFile(join(stack.dir, "mine.ndjson"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(bundle.entry.map(({ resource }) => resource));
  });

  it("exports a summary: what the patient chose, and what the doctor may read", async () => {
    const chart = ["--patient", patient.address];
    const sections = async (file: string) => {
      const { entry } = (await readJson(file)) as { entry: { resource: Composition }[] };
      return Object.fromEntries(
        (entry[0]!.resource.section ?? []).map((section) => [
          section.title,
          section.emptyReason?.coding?.[0]?.code ?? section.entry?.length,
        ]),
      );
    };
    await patient.json("export", "ips.json", "--format", "ips", ...chart);
    expect(await sections("ips.json")).toMatchObject({
      ...{ "Medication summary": 1, Problems: 1, Results: 2 },
      "Allergies and intolerances": "unavailable",
    });
    await patient.json("export", "some.json", "--format", "ips", "--categories", "results", ...chart);
    expect(await sections("some.json")).toMatchObject({ "Medication summary": "withheld", Results: 2 });
    await doctor.json("export", "theirs.json", "--format", "ips", ...chart);
    expect(await sections("theirs.json")).toMatchObject({ Problems: "unavailable", Results: 2 });
    expect((await doctor.raw("export", "theirs.json", "--with-payloads", "--format", "ips", ...chart)).code).not.toBe(
      0,
    );
  });

  it("gives a doctor nothing that is written after the grant was revoked", async () => {
    await patient.json("revoke", "--from", doctor.address);
    const again = await patient.raw("revoke", "--from", doctor.address, "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: "NOTHING_TO_END" } });
    await patient.json("import", join("fixtures", "later.json"), "--patient", patient.address);
    const [newest] = (await doctor.json<Timeline>("timeline", "--patient", patient.address)).entries;
    expect(newest).toMatchObject({ records: [], problem: { code: "NO_ACCESS" } });
    const opened = await doctor.raw("open", newest!.recordId, "--patient", patient.address, "--json");
    expect({ code: opened.code, ...JSON.parse(opened.stdout) }).toMatchObject({
      code: 1,
      error: { code: "NO_ACCESS" },
    });
  });

  it("writes the ledger with its proof, and verifies it anywhere; one changed byte is noticed", async () => {
    const without = cliOf(stack);
    await without.json("export", "public.json", "--patient", patient.address);
    expect(await without.json("verify", "public.json")).toMatchObject({ ok: true, subject: { entries: 4 } });
    await patient.json("export", "ledger.json", "--patient", patient.address, "--with-payloads");
    const file = join(stack.dir, "ledger.json");
    expect(await without.json("verify", "ledger.json", "--rpc", stack.rpcUrl)).toMatchObject({ ok: true });
    const bytes = await readFile(file);
    await writeFile(file, bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1));
    const { code, stdout } = await without.raw("verify", "ledger.json", "--json");
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 1, ok: false, proved: [] });
    const chain = await without.json("verify", "--rpc", stack.rpcUrl);
    expect(chain).toMatchObject({ ok: true, patients: 1, entries: 4 });
  });
});
