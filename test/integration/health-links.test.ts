import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type UnlockedSession,
  accountOf,
  appAt,
  canonicalBytes,
  contentStores,
  decodeHealthLink,
  endHealthLink,
  fromUtf8,
  linkContent,
  linkableRecords,
  makeHealthLink,
  openManifest,
  publishRecord,
  readHealthLinks,
  readTimeline,
  hideRecord,
  renewHealthLink,
  requestManifest,
  storeSession,
} from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { SHLInvalidPasscodeError, SHLManifestNotFoundError, SHLViewer } from "kill-the-clipboard";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** A patient's links, as our own reader and one of another maker open them. */

const RESULTS = 7;
const HISTORY = 3;
const SLOW = { timeout: 240_000 };
const READER = { recipient: "Dr Roth, City Clinic" };
const inAnHour = () => Math.floor(Date.now() / 1000) + 3_600;

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession;
let stranger: UnlockedSession;

const observation = (text: string) => ({
  ...{ resourceType: "Observation", status: "final", code: { text }, valueString: "5.4 mmol/L" },
});

const linksOf = async (session: UnlockedSession) => (await readHealthLinks(session)).links;

const publish = (resource: object, category = RESULTS) =>
  publishRecord(patient, accountOf(patient), {
    ...{ category, meta: { contentType: "application/fhir+json" }, data: canonicalBytes(resource) },
  });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-links-"));
  stack = await startTestStack({ dataDir });
  [patient, stranger] = [await unlockedActor(stack, 3), await unlockedActor(stack, 4)];
  await publish(observation("Glucose"));
  await publish(observation("Kept to oneself"));
  await publish(
    { resourceType: "AllergyIntolerance", code: { text: "Penicillin" }, patient: { display: "me" } },
    HISTORY,
  );
}, 240_000);

afterAll(async () => {
  await stack?.close();
  if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true });
});

async function contentOf(format: "ips" | "bundle") {
  const [timeline, validator] = await Promise.all([readTimeline(patient, accountOf(patient)), loadValidator()]);
  const choice = { format, categories: [HISTORY, RESULTS] };
  return (await linkContent(patient, timeline, validator, choice, new Date().toISOString())).file;
}

describe("a health link", SLOW, () => {
  it("opens in a reader of another maker, with its passcode, until it is ended", async () => {
    const file = await contentOf("ips");
    const { name, text } = await makeHealthLink(patient, {
      ...{ files: [file], exp: inAnHour(), label: "For the clinic", passcode: "246813" },
    });
    const viewer = new SHLViewer({ shlinkURI: `https://viewer.example/#${text}` });
    expect([viewer.shl.label, viewer.shl.flag]).toEqual(["For the clinic", "P"]);
    await expect(viewer.resolveSHL({ ...READER, passcode: "000000" })).rejects.toThrow(SHLInvalidPasscodeError);
    for (const embeddedLengthMax of [undefined, 0]) {
      const { fhirResources } = await viewer.resolveSHL({
        ...{ ...READER, passcode: "246813" },
        ...(embeddedLengthMax === undefined ? {} : { embeddedLengthMax }),
      });
      expect(fhirResources).toEqual([JSON.parse(fromUtf8(file.data))]);
    }
    const [own] = await linksOf(patient);
    expect(own).toMatchObject({ name, text, label: "For the clinic", state: "open", uses: 2, remainingAttempts: 9 });
    expect(own!.openings.map(({ recipient }) => recipient)).toEqual([READER.recipient, READER.recipient]);
    await endHealthLink(patient, own!);
    await expect(viewer.resolveSHL({ ...READER, passcode: "246813" })).rejects.toThrow(SHLManifestNotFoundError);
    expect((await linksOf(patient))[0]).toMatchObject({ state: "revoked" });
  });

  it("opens in ours, which says how many tries are left", async () => {
    const file = await contentOf("bundle");
    const { text } = await makeHealthLink(patient, { files: [file], exp: inAnHour(), passcode: " 246813 ", uses: 1 });
    const link = decodeHealthLink(text);
    await expect(requestManifest(link, { ...READER, passcode: "111111" })).rejects.toMatchObject({
      ...{ code: "HEALTH_LINK_PASSCODE", details: { remainingAttempts: 9 } },
    });
    await expect(requestManifest(link, READER)).rejects.toMatchObject({ code: "HEALTH_LINK_PASSCODE" });
    const manifest = await requestManifest(link, { ...READER, passcode: "246813" });
    expect(manifest.otherHosts).toEqual([]);
    expect(await openManifest(link, manifest)).toEqual([file]);
    await expect(requestManifest(link, { ...READER, passcode: "246813" })).rejects.toMatchObject({
      ...{ code: "HEALTH_LINK_OVER" },
    });
    expect((await linksOf(patient))[0]).toMatchObject({ state: "spent", uses: 1, maxUses: 1 });
  });

  it("opens what it was renewed with, by the same text, in ours and in a reader of another maker", async () => {
    const [ips, bundle] = [await contentOf("ips"), await contentOf("bundle")];
    const { name, text } = await makeHealthLink(patient, {
      ...{ files: [ips], exp: inAnHour(), passcode: "246813", renewable: true },
    });
    const link = decodeHealthLink(text);
    const asReader = { ...READER, passcode: "246813" };
    expect(link.flag).toBe("LP");
    const manifest = await requestManifest(link, asReader);
    expect([manifest.mayChange, await openManifest(link, manifest)]).toEqual([true, [ips]]);
    const own = (await linksOf(patient)).find((each) => each.name === name)!;
    expect(own).toMatchObject({ renewable: true, renewed: undefined });
    await expect(renewHealthLink(stranger, own, [bundle])).rejects.toMatchObject({ code: "STORE_FORBIDDEN" });
    await renewHealthLink(patient, own, [bundle]);
    expect(await openManifest(link, await requestManifest(link, asReader))).toEqual([bundle]);
    const viewer = new SHLViewer({ shlinkURI: `https://viewer.example/#${text}` });
    const { fhirResources } = await viewer.resolveSHL({ ...asReader, embeddedLengthMax: 0 });
    expect(fhirResources).toEqual([JSON.parse(fromUtf8(bundle.data))]);
    const renewed = (await linksOf(patient)).find((each) => each.name === name)!;
    expect(renewed).toMatchObject({ text, renewed: expect.any(Number) as number, uses: 3, exp: own.exp });
    await endHealthLink(patient, own);
    await expect(renewHealthLink(patient, own, [ips])).rejects.toMatchObject({ code: "STORE_NOT_FOUND" });
  });

  it("stays as it is when it was not made to be renewed, or when another key wrote its text", async () => {
    const { name, text } = await makeHealthLink(patient, { files: [await contentOf("ips")], exp: inAnHour() });
    expect(decodeHealthLink(text).flag).toBeUndefined();
    const own = (await linksOf(patient)).find((each) => each.name === name)!;
    const fixed = { code: "HEALTH_LINK_FIXED" };
    await expect(renewHealthLink(patient, own, [])).rejects.toMatchObject(fixed);
    await expect(renewHealthLink(patient, { ...own, renewable: true, text: undefined }, [])).rejects.toMatchObject(
      fixed,
    );
    // A store asks as well.
    const files = [await contentOf("bundle")];
    await expect(renewHealthLink(patient, { ...own, renewable: true }, files)).rejects.toMatchObject({
      ...{ code: "STORE_REFUSED" },
    });
    await endHealthLink(patient, own);
  });

  it("is made at the next store when one does not take it, and the list says which store is silent", async () => {
    const dead = "http://127.0.0.1:9";
    const app = appAt(stack.storeUrl);
    const store = contentStores([dead, stack.storeUrl], storeSession(patient.chain, patient.wallet, app));
    const { name } = await makeHealthLink({ ...patient, store }, { files: [await contentOf("ips")], exp: inAnHour() });
    const { links, silent } = await readHealthLinks({ ...patient, store });
    expect(links[0]).toMatchObject({ name, store: new URL(stack.storeUrl).origin });
    expect(silent).toEqual([{ store: dead, cause: expect.objectContaining({ code: "STORE_UNREACHABLE" }) as unknown }]);
    await endHealthLink({ ...patient, store }, links[0]!);
    await expect(readHealthLinks({ ...patient, store: contentStores([dead]) })).rejects.toMatchObject({
      ...{ code: "STORE_UNREACHABLE" },
    });
  });

  it("is nobody else's to see or to end, and its key and passcode are nowhere at the store", async () => {
    const { text } = await makeHealthLink(patient, {
      files: [await contentOf("ips")],
      exp: inAnHour(),
      passcode: "correct horse",
    });
    const own = (await linksOf(patient))[0]!;
    expect(await linksOf(stranger)).toEqual([]);
    await expect(endHealthLink(stranger, own)).rejects.toMatchObject({ code: "STORE_FORBIDDEN" });
    const key = /"key":"([\w-]{43})"/.exec(Buffer.from(text.replace("shlink:/", ""), "base64url").toString())![1]!;
    const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    for (const file of files) {
      const bytes = await readFile(join(file.parentPath, file.name));
      for (const secret of [key, "correct horse", "Penicillin"])
        expect([file.name, bytes.includes(secret)]).toEqual([file.name, false]);
    }
  });

  it("holds what is chosen and current, and never what the patient hides", async () => {
    const [timeline, validator] = await Promise.all([readTimeline(patient, accountOf(patient)), loadValidator()]);
    const hidden = timeline.entries
      .flatMap(({ records }) => records)
      .find(({ data }) => fromUtf8(data).includes("Kept to oneself"))!;
    await hideRecord(patient, hidden);
    const after = await readTimeline(patient, accountOf(patient));
    const date = new Date().toISOString();
    const texts = await Promise.all(
      (["ips", "bundle"] as const).map(async (format) => {
        const { file } = await linkContent(patient, after, validator, { format, categories: [RESULTS] }, date);
        return fromUtf8(file.data);
      }),
    );
    for (const text of texts)
      expect([text.includes("Glucose"), text.includes("Kept to oneself"), text.includes("Penicillin")]).toEqual([
        true,
        false,
        false,
      ]);
    const [penicillin] = linkableRecords(after).filter(({ category }) => category === HISTORY);
    const records = [penicillin!, hidden];
    const { file, made } = await linkContent(patient, after, validator, { format: "records", records }, date);
    expect([made.resources, fromUtf8(file.data).includes("Penicillin")]).toEqual([1, true]);
    const summary = await linkContent(
      patient,
      after,
      validator,
      { format: "ips", categories: [HISTORY, RESULTS] },
      date,
    );
    const framed = (
      JSON.parse(fromUtf8(summary.file.data)) as { entry: { resource: { resourceType: string } }[] }
    ).entry
      .map(({ resource }) => resource.resourceType)
      .filter((type) => ["Composition", "Device", "Provenance"].includes(type));
    expect(framed).toContain("Composition");
    expect(summary.shown).toBe(summary.made.resources - framed.length);
    const data = crypto.getRandomValues(new Uint8Array(1000));
    const scan = { category: RESULTS, meta: { contentType: "image/png", title: "Scan" }, data };
    await publishRecord(patient, accountOf(patient), scan);
    const withScan = await readTimeline(patient, accountOf(patient));
    const one = linkableRecords(withScan).filter(({ meta }) => meta.contentType === "image/png");
    const opened = await linkContent(patient, withScan, validator, { format: "records", records: one }, date);
    expect([opened.shown, opened.made.files]).toEqual([1, 0]);
    expect(fromUtf8(opened.file.data)).toContain(Buffer.from(data).toString("base64"));
    const nothing = linkContent(patient, after, validator, { format: "records", records: [hidden] }, date);
    await expect(nothing).rejects.toMatchObject({ code: "HEALTH_LINK_EMPTY" });
  });
});
