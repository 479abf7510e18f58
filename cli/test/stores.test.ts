import { mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestStack, cliOf, keyOf, openStack, runCli } from "./support.ts";

/** Two stores, and an outbox, from the command line. */

interface Repair {
  ok: boolean;
  files: number;
  stores: { store: string; whole: number; repaired: number; of: number }[];
  problems: { kind: string; store: string; found: string; repaired: boolean }[];
  unread: unknown[];
}

let stack: TestStack;
let env: Record<string, string>;

beforeAll(async () => {
  stack = await openStack({ stores: 2 });
  env = {
    CHARTKEY_RPC_URL: stack.rpcUrl,
    CHARTKEY_STORE_URL: stack.storeUrls.join(", "),
    CHARTKEY_PRIVATE_KEY: keyOf(3),
    CHARTKEY_OUTBOX: join(stack.dir, "outbox"),
    INIT_CWD: stack.dir,
  };
  const lines = Array.from({ length: 3 }, (_, index) =>
    JSON.stringify({ resourceType: "Basic", id: `r${index}`, code: { text: "Entry" } }),
  );
  await writeFile(join(stack.dir, "chart.ndjson"), lines.join("\n"));
  await run("vault", "create");
}, 300_000);

afterAll(() => stack?.close());

async function run(...args: string[]) {
  const { code, stdout, stderr } = await runCli([...args, "--json"], env);
  return { code, stderr, json: JSON.parse(stdout) as unknown };
}

/** The files of a store's blocks. */
async function blocksOf(store: "store" | "store-2"): Promise<string[]> {
  const directory = join(stack.dir, "data", store, "blocks");
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe("an outbox of the command line", () => {
  it("O18 keeps what is imported, sealed and for its owner alone, until it is deep in the chain", async () => {
    const { address } = cliOf(stack, 3);
    expect(await run("import", "chart.ndjson", "--patient", address)).toMatchObject({ code: 0 });
    const [file, ...others] = (await readdir(join(stack.dir, "outbox"))).filter((name) => !name.startsWith("seen-"));
    expect(others).toEqual([]);
    const path = join(stack.dir, "outbox", file!);
    expect([(await stat(path)).mode & 0o077, await readFile(path, "utf8")]).toEqual([
      0,
      expect.not.stringMatching(/Basic|Entry/),
    ]);
    const { json } = await run("outbox", "list");
    const { drafts } = json as { drafts: { id: string; recordId: string }[] };
    expect(drafts).toMatchObject([{ kind: "batch", state: "anchored", patient: address }]);
    const [{ id, recordId }] = drafts as [{ id: string; recordId: string }];
    expect(file).toMatch(/^[0-9a-f]{32}\.draft$/);
    expect(file).not.toContain(id.slice(2));
    expect((await run("outbox", "retry", id)).json).toEqual({ anchored: [{ id, recordId }] });
    expect((await run("timeline", "--patient", address)).json).toMatchObject({ entries: [{ recordId }] });
    expect(await run("outbox", "discard", id)).toMatchObject({ code: 0 });
    await writeFile(join(stack.dir, "outbox", "x.draft"), "{");
    await mkdir(join(stack.dir, "outbox", "y.draft"));
    expect((await run("outbox", "list")).json).toEqual({ drafts: [], closed: ["x"] });
    expect((await runCli(["outbox", "list"], env)).stdout).toContain("x.draft does not open and is left alone");
    expect(await run("outbox", "retry", id)).toMatchObject({ code: 1, json: { error: { code: "DRAFT_UNKNOWN" } } });
  });
});

describe("repair", () => {
  it("O19 says what a store lacks or has damaged, and copies it from the other", async () => {
    const whole = (await run("repair")).json as Repair;
    expect(whole).toMatchObject({ ok: true, problems: [], unread: [] });
    expect(whole.stores.map(({ store, whole: held }) => [store, held])).toEqual(
      stack.storeUrls.map((url) => [url, whole.files]),
    );
    // Payloads of three records, manifest, wraps, vault.
    expect(whole.files).toBe(6);
    const [primary, other] = stack.storeUrls;
    for (const file of await blocksOf("store-2")) await writeFile(file, "damaged");
    const checked = await run("repair", "--check");
    expect(checked.code).toBe(1);
    const { ok, problems } = checked.json as Repair;
    expect(ok).toBe(false);
    expect(problems).toHaveLength(6);
    for (const problem of problems) expect(problem).toMatchObject({ store: other, found: "damaged", repaired: false });
    const repaired = await run("repair");
    expect(repaired).toMatchObject({ code: 0, json: { ok: true } });
    expect((repaired.json as Repair).stores).toMatchObject([
      { store: primary, repaired: 0 },
      { whole: 6, repaired: 6 },
    ]);
    await rm((await blocksOf("store"))[0]!);
    const lost = (await run("repair")).json as Repair;
    expect(lost.problems).toMatchObject([{ store: primary, found: "missing", repaired: true }]);
    expect((await run("repair", "--check")).json).toMatchObject({ ok: true, problems: [] });
    expect((await runCli(["repair"], env)).stdout).toContain(`${primary}: 6 of 6 files whole, 0 repaired`);
  });
});
