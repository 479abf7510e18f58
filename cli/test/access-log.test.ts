import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadValidator } from "@chartkey/sdk/records";
import type { AuditEvent, Bundle } from "@medplum/fhirtypes";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seed } from "../../scripts/seed.ts";
import { type TestStack, cliOf, openStack } from "./support.ts";

let stack: TestStack;

beforeAll(async () => {
  stack = await openStack();
  await seed(stack);
}, 360_000);
afterAll(async () => stack?.close());

it("tells the patient who was given access, added and was handed files, and nobody else", async () => {
  const [doctor, patient] = [cliOf(stack, 2), cliOf(stack, 3)];
  const who = (address: string) => `eip155:20265:${address.toLowerCase()}`;
  await doctor.json("timeline", "--patient", patient.address);
  await patient.json("access-log", "access.json", "--format", "fhir");
  const bundle = JSON.parse(await readFile(join(stack.dir, "access.json"), "utf8")) as Bundle<AuditEvent>;
  const validator = await loadValidator();
  expect(validator.validate(bundle)).toEqual([]);
  const events = bundle.entry!.map(({ resource }) => resource!);
  const by = (address: string, action: string) =>
    events.filter((each) => each.action === action && each.agent[0]!.who!.identifier!.value === who(address));
  expect(by(doctor.address, "R").length).toBeGreaterThan(0);
  expect(by(doctor.address, "R")[0]!.source.observer.identifier!.value).toBe(stack.storeUrl);
  expect(by(doctor.address, "R")[0]!.entity![1]!.detail).toContainEqual({ type: "proof", valueString: "signature" });
  expect(by(doctor.address, "C").length).toBeGreaterThan(0);
  const granted = events.filter(({ entity }) => entity![1]!.what!.identifier!.value === who(doctor.address));
  expect(granted).not.toEqual([]);
  const times = events.map(({ recorded }) => recorded);
  expect(times).toEqual(times.toSorted());

  const { lines } = await patient.json<{ lines: number }>("access-log", "access.csv");
  const csv = await readFile(join(stack.dir, "access.csv"), "utf8");
  expect(csv.split("\r\n")).toHaveLength(lines + 2);
  expect(csv).toMatch(/^\ufeffrecorded,/);
  expect((await patient.raw("access-log", "access.csv")).stderr).toContain("[FILE_EXISTS]");
}, 240_000);
