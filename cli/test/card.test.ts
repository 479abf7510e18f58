import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardFile, newCardIssuer } from "../../test/support/card-issuer.ts";
import { EXAMPLE_CARD, EXAMPLE_ISSUER, EXAMPLE_KEY } from "../../sdk/test/workflows/health-card-vector.ts";
import { runCli } from "./support.ts";

/** SMART Health Cards, from the command line: no key and no network. */

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "chartkey-cards-"));
  await writeFile(join(dir, "one.smart-health-card"), cardFile(EXAMPLE_CARD));
  await writeFile(join(dir, "jwks.json"), JSON.stringify({ keys: [EXAMPLE_KEY] }));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const verify = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCli(["card", "verify", ...args, "--json"], { INIT_CWD: dir });
  const { cards = [], error } = JSON.parse(stdout) as {
    cards?: { state: string; issuer?: string }[];
    error?: { code: string };
  };
  return { code, stderr, cards, error };
};

describe("card verify", () => {
  it("reads a card without keys, and says that nobody checked it", async () => {
    const { code, cards } = await verify("one.smart-health-card");
    expect(code).toBe(1);
    expect(cards).toMatchObject([{ state: "unchecked", issuer: EXAMPLE_ISSUER, issued: "2024-05-07T18:49:23Z" }]);
    expect(JSON.stringify(cards)).toContain("Anyperson");
  });

  it("checks it with the issuer's key file, and says what that tells", async () => {
    const { code, cards } = await verify("one.smart-health-card", "--keys", "jwks.json");
    expect([code, cards[0]?.state]).toEqual([0, "holds"]);
    const said = await runCli(["card", "verify", "one.smart-health-card", "--keys", "jwks.json"], { INIT_CWD: dir });
    expect(said.stdout).toContain("if it is the issuer's key");
    expect(said.stdout).toContain("Whether the issuer took it back was not asked.");
  });

  it("takes a key file for one issuer, and for the one that is named when there are several", async () => {
    const other = await newCardIssuer();
    await writeFile(join(dir, "two.smart-health-card"), cardFile(EXAMPLE_CARD, await other.issue([]), "x"));
    const unnamed = await verify("two.smart-health-card", "--keys", "jwks.json");
    expect(unnamed.cards.map(({ state }) => state)).toEqual(["unchecked", "unchecked", "unreadable"]);
    expect(unnamed.stderr).toContain("does not say whose it is");
    const named = await verify("two.smart-health-card", "--keys", "jwks.json", "--issuer", EXAMPLE_ISSUER);
    expect([named.code, named.cards.map(({ state }) => state)]).toEqual([1, ["holds", "unchecked", "unreadable"]]);
    const wrong = await verify("two.smart-health-card", "--keys", "jwks.json", "--issuer", other.issuer);
    expect(wrong.cards.map(({ state }) => state)).toEqual(["unchecked", "unknownKey", "unreadable"]);
  });

  it("refuses files that hold no keys, and asks no issuer that keys were given for", async () => {
    expect((await verify("one.smart-health-card", "--keys", "one.smart-health-card")).error?.code).toBe(
      "HEALTH_CARD_KEYS_MALFORMED",
    );
    expect((await verify("one.smart-health-card", "--keys", "jwks.json", "--ask-issuer")).error?.code).toBe("USAGE");
    expect((await verify("jwks.json")).cards).toMatchObject([{ state: "unreadable" }]);
  });
});
