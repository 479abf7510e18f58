import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestStack, cliOf, openStack } from "./support.ts";

/** A hospital prepares records, and somebody who has never used Chartkey takes them over. */

let stack: TestStack;
let admin: ReturnType<typeof cliOf>;
let patient: ReturnType<typeof cliOf>;
let other: ReturnType<typeof cliOf>;

beforeAll(async () => {
  stack = await openStack();
  await cp(fileURLToPath(new URL("fixtures", import.meta.url)), join(stack.dir, "fixtures"), { recursive: true });
  [admin, patient, other] = [1, 3, 5].map((index) => cliOf(stack, index)) as [typeof admin, typeof admin, typeof admin];
  await admin.raw("vault", "create");
  await admin.json("hospital", "create", "--name", "Ridgeway General Hospital");
  await cliOf(stack, 0).json("hospital", "accredit", "1");
});
afterAll(() => stack?.close());

const file = join("fixtures", "chart.json");

async function staged(): Promise<string> {
  const { invitation } = await admin.json<{ invitation: string }>("invite", "--hospital", "1", "--role", "patient");
  const answer = await admin.json<{ invitation: string }>("import", file, "--stage", invitation);
  expect(answer).toMatchObject({ staged: 3, repaired: [], refused: [] });
  expect(answer.invitation).not.toBe(invitation);
  return answer.invitation;
}

it("O18 stages files for an invitation, tells who claims it, and brings them into his chart once", async () => {
  const invitation = await staged();
  expect(await patient.json("claim", invitation, "--name", "Ananya Sharma")).toMatchObject({ staged: 3 });
  const early = await patient.raw("staged", "take", invitation);
  expect(early.stderr).toContain("[VAULT_MISSING]");
  expect(await patient.json("staged", "list", invitation)).toMatchObject({
    staged: [{ from: admin.address, hospital: 1, records: 3 }],
    problems: [],
  });
  await patient.raw("vault", "create");
  const taken = await patient.json<{ files: object[] }>("staged", "take", invitation);
  expect(taken).toMatchObject({ accepted: 3, refused: [], problems: [] });
  expect(taken.files).toHaveLength(4);
  expect(await patient.json("staged", "take", invitation)).toMatchObject({ accepted: 3, files: [] });
  const { entries } = await patient.json<{ entries: { records: object[] }[] }>(
    "timeline",
    "--patient",
    patient.address,
  );
  expect(entries.map(({ records }) => records.length)).toEqual([4]);
});

it("keeps the invitation for who has a vault, so that he can take or decline without it", async () => {
  await other.raw("vault", "create");
  const invitation = await staged();
  await other.json("claim", invitation, "--name", "Tomasz Lis");
  expect(await other.json("staged", "list")).toMatchObject({ staged: [{ records: 3 }] });
  const { files } = await other.json<{ files: object[] }>("staged", "decline");
  expect(files).toHaveLength(4);
  expect(await other.json("staged", "list")).toEqual({ staged: [], problems: [] });
  const gone = await other.raw("staged", "take", invitation, "--json");
  expect(gone.code).toBe(2);
  expect(JSON.parse(gone.stdout)).toMatchObject({ accepted: 0, problems: [{ code: "STAGING_GONE" }] });
});

it("says what staging needs", async () => {
  const named = ["invite", "--hospital", "1", "--role", "patient", "--account", cliOf(stack, 6).address];
  const { invitation } = await admin.json<{ invitation: string }>(...named);
  expect((await admin.raw("import", file, "--stage", invitation)).stderr).toContain("[STAGING_NEEDS_LINK]");
  const both = await admin.raw("import", file, "--stage", invitation, "--patient", patient.address);
  expect(both.stderr).toContain("[USAGE]");
  expect((await admin.raw("import", file)).stderr).toContain("[USAGE]");
});
