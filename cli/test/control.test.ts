import {
  accountOf,
  claim,
  confirmMember,
  createHospital,
  invite,
  publishRecord,
  readHospital,
  setAccreditation,
  utf8,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type TestStack, cliOf, openStack } from "./support.ts";

/** Hiding, sharing, strong revoking and erasing, from the command line. */

vi.setConfig({ testTimeout: 240_000 });

interface Report {
  notice: Hex | null;
  files: { kind: string; store: string; outcome: string }[];
  elsewhere?: { shares: Hex[]; emergencySet: boolean };
}

let stack: TestStack;
let patient: ReturnType<typeof cliOf>, doctor: ReturnType<typeof cliOf>, friend: ReturnType<typeof cliOf>;
let write: (words: string) => Promise<Hex>;

beforeAll(async () => {
  stack = await openStack();
  [doctor, patient, friend] = [cliOf(stack, 2), cliOf(stack, 3), cliOf(stack, 6)];
  const [admin, member, owner] = [
    await unlockedActor(stack, 1),
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
  ];
  await unlockedActor(stack, 6);
  await setAccreditation(await actor(stack, 0), await createHospital(admin, { name: "R", staff: [] }), "accredited");
  await claim(member, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr O" });
  const staff = { account: accountOf(member), name: "Dr O", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), staff.account, staff);
  write = (words) =>
    publishRecord(owner, accountOf(owner), {
      ...{ category: 7, meta: { contentType: "text/plain" }, data: utf8(words) },
    });
}, 240_000);

afterAll(() => stack?.close());

const until = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const opens = async (who: typeof patient, recordId: Hex) => {
  const { stdout } = await who.raw("open", recordId, "--patient", patient.address, "--json");
  return (JSON.parse(stdout) as { error?: { code: string } }).error?.code ?? "opened";
};
const failure = async (running: ReturnType<typeof patient.raw>) => {
  const { code, stdout } = await running;
  return { exit: code, code: (JSON.parse(stdout) as { error: { code: string } }).error.code };
};
const grant = () =>
  patient.json("grant", "--to", doctor.address, "--hospital", "1", "--read", "results", "--until", until());

describe("one's own records, from the command line", () => {
  it("are hidden and shown, with a line for each file at each store", async () => {
    const recordId = await write("Potassium 4.1");
    await grant();
    const hidden = await patient.json<Report>("record", "hide", recordId);
    expect(hidden).toMatchObject({
      files: [{ kind: "payload", store: stack.storeUrl, outcome: "removed" }],
      elsewhere: { shares: [], emergencySet: false },
    });
    expect(await opens(doctor, recordId)).toBe("RECORD_HIDDEN");
    expect(await opens(patient, recordId)).toBe("opened");
    expect(await patient.json("record", "hide", recordId)).toMatchObject({
      files: [{ kind: "payload", outcome: "absent" }],
    });
    // By its number: the notice is the entry after it.
    expect(await failure(patient.raw("record", "erase", "2", "--json"))).toEqual({ exit: 1, code: "RECORD_IS_NOTICE" });
    const { code, stdout } = await patient.raw("record", "show", "1");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining(`${stack.storeUrl}: a second`) as string,
    });
    expect(await opens(doctor, recordId)).toBe("opened");
    expect(await failure(patient.raw("record", "show", recordId, "--json"))).toEqual({ exit: 1, code: "NOT_HIDDEN" });
  });

  it("are shared one by one, and hiding one names its shares", async () => {
    const recordId = await write("Ferritin 80");
    const share = () =>
      patient.json<{ share: Hex; code: string }>(
        "share",
        "create",
        recordId,
        "--to",
        friend.address,
        "--until",
        until(),
      );
    const [first, second] = [await share(), await share()];
    expect(await friend.json("share", "open", first.code)).toMatchObject({ recordId });
    expect(await failure(doctor.raw("share", "open", first.code, "--json"))).toEqual({
      ...{ exit: 1, code: "CRYPTO_OPEN_FAILED" },
    });
    expect((await patient.raw("share", "withdraw", first.share)).stdout).toContain(`Still shared, by ${second.share}`);
    expect(await failure(friend.raw("share", "open", first.code, "--json"))).toEqual({ exit: 1, code: "SHARE_ENDED" });
    expect(await patient.json("share", "list")).toMatchObject({
      shares: [
        { share: first.share, recordId, withdrawn: true },
        { share: second.share, withdrawn: false },
      ],
    });
    const { elsewhere } = await patient.json<Report>("record", "hide", recordId);
    expect(elsewhere).toEqual({ shares: [second.share], emergencySet: false });
    expect(await friend.json("share", "open", second.code)).toMatchObject({ recordId });
  });

  it("are sealed anew when a doctor's access ends", async () => {
    const recordId = await write("Glucose 5.4");
    await grant();
    expect(await opens(doctor, recordId)).toBe("opened");
    const report = await patient.json<Report & { sealed: number; left: unknown[] }>(
      ...["revoke", "--from", doctor.address, "--reseal"],
    );
    expect(report.left).toEqual([]);
    expect(report.sealed).toBe(2);
    const payloads = report.files.filter(({ kind }) => kind === "payload");
    expect(payloads.map(({ outcome }) => outcome)).toEqual(["removed", "removed"]);
    await expect.poll(() => opens(doctor, recordId), { timeout: 60_000, interval: 500 }).toBe("NO_ACCESS");
    expect(await opens(patient, recordId)).toBe("opened");
  });

  it("are erased for good, and a repair misses nothing of them", async () => {
    const recordId = await write("HIV negative");
    await grant();
    const report = await patient.json<Report>("record", "erase", recordId);
    const kinds = report.files.map(({ kind, outcome }) => `${kind} ${outcome}`);
    expect(kinds).toEqual(expect.arrayContaining(["payload removed", "wraps removed", "page removed"]));
    expect(await opens(patient, recordId)).toBe("RECORD_ERASED");
    const again = await patient.json<Report>("record", "erase", recordId);
    expect(again.notice).toBeNull();
    expect(new Set(again.files.map(({ outcome }) => outcome))).toEqual(new Set(["absent"]));
    expect(await patient.json("repair", "--check")).toMatchObject({ ok: true, leftovers: [], problems: [] });
  });

  it("are named with whom a store handed them to, and that he signed for it", async () => {
    const recordId = await write("Urea 5.1");
    await grant();
    expect(await opens(doctor, recordId)).toBe("opened");
    const { deliveries } = await patient.json<{ deliveries: unknown[] }>("deliveries");
    expect(deliveries).toContainEqual({
      ...{ act: "delivery", file: "content", recordId, reader: doctor.address, categories: ["results"] },
      ...{ store: stack.storeUrl, time: expect.any(String) as string, proven: true, anchoring: { state: "waiting" } },
    });
    const later = await patient.raw("deliveries", "--since", "2999-01-01");
    expect(later).toMatchObject({ code: 0, stdout: "Nothing was handed out.\n" });
    expect(await failure(patient.raw("deliveries", "--since", "yesterday", "--json"))).toEqual({
      exit: 1,
      code: "USAGE",
    });
  });
});
