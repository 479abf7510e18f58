import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { deploymentOn, parseCid, rpcClient, sequenceOf } from "@chartkey/sdk";
import { canonicalJson, isOfExport, loadValidator } from "@chartkey/sdk/records";
import type { AuditEvent, Bundle, Consent, Extension, Provenance, Resource } from "@medplum/fhirtypes";
import type { Hex } from "viem";
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

async function resourcesIn(file: string) {
  const { entry = [] } = JSON.parse(await readFile(join(stack.dir, file), "utf8")) as Bundle;
  return entry.map(({ resource, fullUrl }) => ({ resource: resource!, fullUrl }));
}

/** What an anchor says, by the names of its parts. */
function partsOf({ extension = [] }: { extension?: Extension[] }, name = "anchor"): Record<string, unknown> {
  const parts = extension.find(({ url }) => url === `urn:chartkey:fhir:${name}`)?.extension ?? [];
  return Object.fromEntries(
    parts.map(({ url, valueString, valueUri, valuePositiveInt, valueUnsignedInt }) => [
      url,
      valueString ?? valueUri ?? valuePositiveInt ?? valueUnsignedInt,
    ]),
  );
}

it("exports who may read and where each record stands, true to the chain, and imports none of it", async () => {
  const [doctor, patient, other] = [cliOf(stack, 2), cliOf(stack, 3), cliOf(stack, 9)];
  await patient.json("revoke", "--from", doctor.address);
  const plain = ["--format", "bundle", "--patient", patient.address];
  await patient.json("export", "plain.json", ...plain);
  const { silent } = await patient.json<{ silent: unknown[] }>("export", "proof.json", ...plain, "--with-proof");
  expect(silent).toEqual([]);
  const all = await resourcesIn("proof.json");
  const validator = await loadValidator();
  expect(all.flatMap(({ resource }) => validator.validate(resource))).toEqual([]);
  const added = all.filter(({ resource }) => isOfExport(resource));
  const records = all.filter(({ resource }) => !isOfExport(resource));
  const sorted = (resources: { resource: Resource }[]) =>
    resources.map(({ resource }) => canonicalJson(resource)).sort();
  expect(sorted(records)).toEqual(sorted(await resourcesIn("plain.json")));

  const client = rpcClient(stack.rpcUrl);
  const provenances = added.flatMap(({ resource }) => (resource.resourceType === "Provenance" ? [resource] : []));
  const urls = new Set(records.map(({ fullUrl }) => fullUrl));
  const targets = provenances.flatMap(({ target }) => target.map(({ reference }) => reference));
  expect([targets.toSorted(), targets.every((url) => urls.has(url))]).toEqual([[...urls].toSorted(), true]);
  const check = async (resource: Provenance | Consent, contract: string, name?: string) => {
    const parts = partsOf(resource, name);
    const receipt = await client.getTransactionReceipt({ hash: parts["transactionHash"] as Hex });
    expect(parts).toMatchObject({ blockHash: receipt.blockHash, blockNumber: String(receipt.blockNumber) });
    expect(parts["contract"]).toBe(`eip155:20265:${contract.toLowerCase()}`);
    expect(receipt.logs.some(({ address }) => address.toLowerCase() === contract.toLowerCase())).toBe(true);
    return { parts, data: receipt.logs.map(({ data, topics }) => `${topics.join("")}${data}`).join("") };
  };
  const { records: registry, consent } = deploymentOn(20265);
  for (const provenance of provenances) {
    const { parts, data } = await check(provenance, registry);
    expect(parts["sequence"]).toBe(sequenceOf(parts["recordId"] as Hex));
    expect(data).toContain(String(parts["root"] ?? parts["digest"]).slice(2));
    expect(parseCid(String(parts["cid"]).slice("ipfs://".length)).digest).toBe(parts["digest"]);
    expect(provenance.entity![0]!.what.identifier!.value).toBe(parts["cid"]);
  }
  const byDoctor = provenances.find(({ agent }) => agent[0]!.onBehalfOf !== undefined)!;
  expect(byDoctor.agent[0]!.who.identifier!.value).toBe(`eip155:20265:${doctor.address}`);

  const consents = added.flatMap(({ resource }) => (resource.resourceType === "Consent" ? [resource] : []));
  const ended = consents.filter(({ status }) => status === "inactive");
  expect(ended.length).toBeGreaterThan(0);
  for (const each of consents) await check(each, consent);
  await check(ended[0]!, consent, "ended");
  const [actor] = ended[0]!.provision!.actor!;
  expect(actor!.reference.identifier!.value).toBe(`eip155:20265:${doctor.address}`);
  const { start, end } = ended[0]!.provision!.period!;
  expect(start! <= end! && Date.parse(end!) <= Date.now() + 60_000).toBe(true);
  expect(added.some(({ resource }) => resource.resourceType === "AuditEvent")).toBe(true);

  await other.json("vault", "create");
  const took = await other.json<{ accepted: number; repaired: { reason: string }[] }>(
    ...["import", "proof.json", "--patient", other.address],
  );
  expect(took.repaired.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(`^Left out: ${added.length} resources \\(Consent, Provenance, AuditEvent\\)`),
  ]);
  await other.json("export", "again.json", "--format", "bundle", "--patient", other.address);
  const unique = (lines: string[]) => [...new Set(lines)];
  expect(sorted(await resourcesIn("again.json"))).toEqual(unique(sorted(records)));
  const usage = await patient.raw("export", "x.json", "--format", "ips", "--patient", patient.address, "--with-proof");
  expect([usage.code, usage.stderr]).toEqual([1, expect.stringContaining("[USAGE]")]);
}, 240_000);
