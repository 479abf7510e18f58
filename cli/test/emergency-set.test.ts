import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalBytes, publishRecord } from "@chartkey/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { type TestStack, cliOf, openStack, runCli } from "./support.ts";

const PATIENT = 3;
let stack: TestStack;

/** Opens a card as somebody without a key: its text comes by standard input. */
async function readCard(code: string) {
  const urls = { CHARTKEY_RPC_URL: stack.rpcUrl, CHARTKEY_STORE_URL: stack.storeUrls.join(",") };
  const { stdout } = await runCli(["emergency", "read", "--json"], urls, stack.dir, [code]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

beforeAll(async () => {
  stack = await openStack();
  const patient = await unlockedActor(stack, PATIENT);
  const allergy = { resourceType: "AllergyIntolerance", code: { text: "Penicillin" }, patient: { display: "Ananya" } };
  await publishRecord(patient, patient.wallet.account.address, {
    ...{ category: 3, meta: { contentType: "application/fhir+json" }, data: canonicalBytes(allergy) },
  });
}, 240_000);

afterAll(() => stack?.close());

it("O28 O29 publishes a set, prints its card as a secret, opens it without a key, and withdraws it", async () => {
  const patient = cliOf(stack, PATIENT);
  expect(JSON.parse((await patient.raw("emergency", "card", "--json")).stdout)).toMatchObject({
    error: { code: "CARD_NONE" },
  });
  const said = ["--blood-group", "0 negative", "--phone", "+91 98 7654 3210"];
  expect(await patient.json("emergency", "set", ...said)).toMatchObject({ items: 1, unopened: 0, hospitals: [] });
  const { code, stdout, stderr } = await patient.raw("emergency", "card");
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^chartkey-card:1:[\w-]{80}\n$/) as string,
  });
  expect(stderr).toMatch(/^Secret: /);
  expect(await readCard(stdout.trim())).toMatchObject({
    ...{ entries: [{ kind: "allergy", title: "Penicillin" }], newer: 0, unreadable: 0 },
    details: { bloodGroup: "0 negative", contact: { phone: "+91 98 7654 3210" } },
  });
  await writeFile(join(stack.dir, "card.txt"), stdout);
  const shown = await cliOf(stack).raw("emergency", "read", "--file", "card.txt");
  expect(shown.stdout).toContain("allergy: Penicillin");
  expect(shown.stdout).not.toContain("Ananya");

  await patient.json("emergency", "set", "--renew");
  expect(await readCard(stdout.trim())).toMatchObject({ error: { code: "CARD_REPLACED" } });
  await patient.json("emergency", "withdraw");
  expect(JSON.parse((await patient.raw("emergency", "withdraw", "--json")).stdout)).toMatchObject({
    error: { code: "CARD_NONE" },
  });
}, 240_000);
