import {
  HEALTH_CARD_TYPE,
  type UnlockedSession,
  accountOf,
  canonicalBytes,
  makeHealthLink,
  publishRecord,
  utf8,
} from "@chartkey/sdk";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { cardFile, newCardIssuer } from "../../test/support/card-issuer.ts";
import { type TestStack, cliOf, keyOf, openStack, runCli } from "./support.ts";

/** Health links, from the command line. */

vi.setConfig({ testTimeout: 240_000 });

interface Listed {
  links: { link: string; state: string; uses: number; label: string | null; openings: { recipient: string }[] }[];
}

let stack: TestStack;
let owner: UnlockedSession;
let patient: ReturnType<typeof cliOf>;
let asPatient: (args: string[], input: string[]) => ReturnType<typeof runCli>;

beforeAll(async () => {
  stack = await openStack();
  patient = cliOf(stack, 3);
  owner = await unlockedActor(stack, 3);
  const code = { text: "Glucose" };
  await publishRecord(owner, accountOf(owner), {
    ...{ category: 7, meta: { contentType: "application/fhir+json" } },
    data: canonicalBytes({ resourceType: "Observation", status: "final", code, valueString: "5.4 mmol/L" }),
  });
  const env = { CHARTKEY_RPC_URL: stack.rpcUrl, CHARTKEY_STORE_URL: stack.storeUrl, INIT_CWD: stack.dir };
  asPatient = (args, input) => runCli(args, { ...env, CHARTKEY_PRIVATE_KEY: keyOf(3) }, undefined, input);
}, 240_000);

afterAll(() => stack?.close());

const until = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const open = (text: string, input: string[], ...more: string[]) =>
  runCli(["link", "open", "--recipient", "Dr Roth", ...more, "--json"], { INIT_CWD: stack.dir }, undefined, [
    text,
    ...input,
  ]);
const codeOf = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as { error: { code: string } }).error.code;

describe("health links", () => {
  it("are not said to be none, or unknown, while a store is silent", async () => {
    const dead = "http://127.0.0.1:9";
    const env = {
      CHARTKEY_RPC_URL: stack.rpcUrl,
      CHARTKEY_STORE_URL: `${stack.storeUrl},${dead}`,
      INIT_CWD: stack.dir,
    };
    const asOwner = (...args: string[]) => runCli(args, { ...env, CHARTKEY_PRIVATE_KEY: keyOf(3) });
    const list = await asOwner("link", "list");
    expect([list.code, list.stdout.trim(), list.stderr]).toEqual([1, "", expect.stringContaining(dead)]);
    const { error } = JSON.parse((await asOwner("link", "revoke", "bafkother", "--json")).stdout) as {
      error: { code: string; message: string };
    };
    expect([error.code, error.message]).toEqual(["LINK_STORE_SILENT", expect.stringContaining(dead)]);
  });

  it("are made with a passcode, opened by anybody who has both, listed and revoked", async () => {
    const args = [
      "link",
      "create",
      "--until",
      until(),
      "--content",
      "bundle",
      "--label",
      "For the clinic",
      "--passcode",
    ];
    const { code, stdout } = await asPatient([...args, "--json"], [" 246813 "]);
    expect(code).toBe(0);
    const { link, text } = JSON.parse(stdout) as { link: string; text: string };
    expect(codeOf(await open(text, ["000000"]))).toBe("HEALTH_LINK_PASSCODE");
    const opened = await open(text, ["  246813 "]);
    expect(opened.code).toBe(0);
    expect(opened.stderr).toContain(new URL(stack.storeUrl).host);
    const { files } = JSON.parse(opened.stdout) as { files: { content: { entry: unknown[] } }[] };
    expect(JSON.stringify(files[0]!.content.entry)).toContain("Glucose");
    expect((await open(text, ["246813"], "--output", "opened.json")).code).toBe(0);
    expect(await readFile(join(stack.dir, "opened.json"), "utf8")).toContain("Glucose");
    const { links } = await patient.json<Listed>("link", "list");
    expect(links).toMatchObject([{ link, state: "open", uses: 2, label: "For the clinic" }]);
    expect(links[0]!.openings.map(({ recipient }) => recipient)).toEqual(["Dr Roth", "Dr Roth"]);
    await patient.json("link", "revoke", link);
    expect(codeOf(await open(text, ["246813"]))).toBe("HEALTH_LINK_OVER");
    expect(codeOf(await patient.raw("link", "revoke", "bafkother", "--json"))).toBe("LINK_UNKNOWN");
  });

  it("open single records, as often as was said", async () => {
    const made = await patient.json<{ text: string; resources: number }>(
      ...["link", "create", "--until", until(), "--record", "1", "--uses", "1"],
    );
    expect(made.resources).toBe(1);
    expect((await open(made.text, [])).code).toBe(0);
    expect(codeOf(await open(made.text, []))).toBe("HEALTH_LINK_OVER");
  });

  it("open what they were renewed with, by the same text, when they were made for that", async () => {
    const args = [
      "link",
      "create",
      "--until",
      until(),
      "--renewable",
      "--categories",
      "results",
      "--content",
      "bundle",
    ];
    const { link, text } = await patient.json<{ link: string; text: string }>(...args);
    const entries = async () => {
      const { files } = JSON.parse((await open(text, [])).stdout) as { files: { content: { type: string } }[] };
      return files.map(({ content }) => content.type);
    };
    expect(await entries()).toEqual(["collection"]);
    expect(codeOf(await patient.raw("link", "renew", link, "--json"))).toBe("USAGE");
    await patient.json("link", "renew", link, "--categories", "results");
    expect(await entries()).toEqual(["document"]);
    const { links } = await patient.json<{ links: { link: string; renewable: boolean; renewed: string | null }[] }>(
      ...["link", "list"],
    );
    const states = links.map(({ renewable, renewed }) => [renewable, renewed !== null]);
    expect(states.filter(([renewable]) => renewable)).toEqual([[true, true]]);
    const fixed = links.find(({ renewable }) => !renewable)!;
    const refused = await patient.raw("link", "renew", fixed.link, "--categories", "results", "--json");
    expect(codeOf(refused)).toBe("HEALTH_LINK_FIXED");
  });

  it("say of cards in them who signed, with keys that were given before anything is asked", async () => {
    const { issue, keyFile } = await newCardIssuer();
    await writeFile(join(stack.dir, "jwks.json"), keyFile);
    const cards = cardFile(await issue([{ resourceType: "Condition", code: { text: "Asthma" } }]));
    const files = [cards, utf8("{}")].map((data) => ({ contentType: HEALTH_CARD_TYPE, data }));
    const { text } = await makeHealthLink(owner, { files, exp: Math.floor(Date.now() / 1000) + 3600, uses: 2 });
    const stateOf = async (...more: string[]) => {
      const opened = JSON.parse((await open(text, [], ...more)).stdout) as { files: { cards: { state: string }[] }[] };
      return opened.files.flatMap(({ cards }) => cards.map(({ state }) => state));
    };
    expect(codeOf(await open(text, [], "--keys", "none.json"))).toBe("FILE_ENOENT");
    expect(await stateOf()).toEqual(["unchecked", "unreadable"]);
    expect(await stateOf("--keys", "jwks.json")).toEqual(["holds", "unreadable"]);
  });

  it("are never arguments, and not made with a short passcode or for ever", async () => {
    const { stdout } = await patient.raw("link", "open", "shlink:/eyJ1cmwiOiJodHRwczovL2EifQ", "--json");
    expect(codeOf({ stdout })).toBe("ARGUMENT_IS_SECRET");
    const short = await asPatient(["link", "create", "--until", until(), "--passcode", "--json"], ["  12345  "]);
    expect(codeOf(short)).toBe("HEALTH_LINK_PASSCODE_LENGTH");
    expect(codeOf(await patient.raw("link", "create", "--until", "2199-01-01", "--json"))).toBe("HEALTH_LINK_END");
  });
});
