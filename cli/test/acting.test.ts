import {
  claim,
  confirmMember,
  createHospital,
  invite,
  readHospital,
  readJustification,
  readEmergency,
  setAccreditation,
} from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { developmentAccount } from "../../scripts/lib/accounts.ts";
import { type TestStack, cliOf, keyOf, openStack, runCli } from "./support.ts";

let stack: TestStack;
/** When the doctor was, in milliseconds; the local chain lets him open an emergency a minute later. */
let confirmed: number;
const COOL_DOWN = 62_000;
const addressOf = (account: number) => developmentAccount(account).address;
const [DOCTOR, PATIENT, DELEGATE, REVIEWER] = [2, 3, 6, 7] as const;

// Each command is a process of its own.
vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  stack = await openStack();
  const [admin, doctor, patient] = [
    await unlockedActor(stack, 1),
    await unlockedActor(stack, DOCTOR),
    await unlockedActor(stack, PATIENT),
  ];
  await unlockedActor(stack, REVIEWER);
  await setAccreditation(await actor(stack, 0), await createHospital(admin, { name: "R", staff: [] }), "accredited");
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr O" });
  const staff = { account: addressOf(DOCTOR), name: "Dr O", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(DOCTOR), staff);
  confirmed = Date.now();
  await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "A" });
}, 180_000);

afterAll(async () => {
  await stack?.close();
});

const end = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const errorOf = async (running: Promise<{ code: number | null; stdout: string }>) => {
  const { code, stdout } = await running;
  return { exit: code, ...(JSON.parse(stdout) as { error: { code: string } }).error };
};

describe("delegates, from the command line", () => {
  it("P24 are appointed and listed, act for the patient without a key, and are removed", async () => {
    const patient = cliOf(stack, PATIENT);
    const delegate = addressOf(DELEGATE);
    await patient.json("delegate", "appoint", "--to", delegate, "--may", "grant,book", "--until", end());
    const { mandates } = await patient.json<{ mandates: unknown[] }>("delegate", "list", "--delegate", delegate);
    expect(mandates).toMatchObject([{ patient: addressOf(PATIENT), delegate, may: ["grant", "book"], inForce: true }]);

    const { rpcUrl, storeUrl, dir } = stack;
    const urls = { CHARTKEY_RPC_URL: rpcUrl, CHARTKEY_STORE_URL: storeUrl };
    const env = { ...urls, CHARTKEY_PRIVATE_KEY: keyOf(DELEGATE), CHARTKEY_ACCOUNT: addressOf(PATIENT) };
    const acting = (...args: string[]) => runCli([...args, "--json"], env, dir);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const terms = ["--to", addressOf(DOCTOR), "--hospital", "1", "--read", "results", "--until", until];
    expect(await acting("grant", ...terms)).toMatchObject({ code: 0, stderr: "" });
    expect(await errorOf(acting("revoke", "--from", addressOf(DOCTOR)))).toMatchObject({
      code: "REVERT_Delegates_NotMandated",
    });

    await patient.json("delegate", "remove", "--from", delegate);
    expect(await errorOf(acting("grant", ...terms))).toMatchObject({ code: "REVERT_Delegates_NotMandated" });
    expect(await patient.json("delegate", "list", "--patient", addressOf(PATIENT))).toEqual({ mandates: [] });
    expect(await errorOf(patient.raw("delegate", "remove", "--json"))).toMatchObject({ exit: 1 });
    expect(
      await errorOf(patient.raw("delegate", "appoint", "--to", delegate, "--may", "read", "--until", end(), "--json")),
    ).toMatchObject({ exit: 1 });
  });
});

describe("emergency accesses, from the command line", () => {
  it("P27 P30 P32 are opened with a reason, ended by the patient and judged by a reviewer", async () => {
    const [admin, doctor, patient, reviewer] = [1, DOCTOR, PATIENT, REVIEWER].map((account) => cliOf(stack, account));
    await admin!.json("emergency", "reviewer", "--hospital", "1", "--account", addressOf(REVIEWER));
    // The store compares clocks with the program, so this minute has to pass.
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, confirmed + COOL_DOWN - Date.now())));
    const about = ["--patient", addressOf(PATIENT), "--hospital", "1"];
    const opening = ["emergency", "open", ...about, "--read", "history,medication", "--reason", "Unconscious"];
    expect(await doctor!.json(...opening)).toMatchObject({ number: 1, read: ["history", "medication"] });
    const { chain } = await actor(stack, PATIENT);
    const emergency = await readEmergency(chain, 1, 1);
    expect(await readJustification(await unlockedActor(stack, REVIEWER), emergency)).toBe("Unconscious");

    const judging = ["emergency", "review", "--hospital", "1", "--number", "1", "--outcome", "justified"];
    expect(await errorOf(reviewer!.raw(...judging, "--json"))).toMatchObject({ code: "REVERT_BreakGlass_StillOpen" });
    await patient!.json("emergency", "end", "--doctor", addressOf(DOCTOR));
    await reviewer!.json(...judging, "--report", "In order");
    const { emergencies } = await patient!.json<{ emergencies: unknown[] }>("emergency", "list", "--hospital", "1");
    expect(emergencies).toMatchObject([{ number: 1, outcome: "justified", reviewer: addressOf(REVIEWER) }]);
    expect(JSON.stringify(emergencies)).not.toContain("Unconscious");
  });
});
