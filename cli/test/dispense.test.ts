import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  claim,
  confirmMember,
  createHospital,
  grantAccess,
  invite,
  readHospital,
  setAccreditation,
} from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type TestStack, cliOf, keyOf, openStack, runCli } from "./support.ts";

interface Described {
  state: string;
  patient: { name: string; birthDate: string };
  medicines: { medicine: string; remaining: number; prescribed: number }[];
  dispensed: number[] | null;
}

let stack: TestStack;
let orderId: string;

beforeAll(async () => {
  stack = await openStack();
  const [admin, doctor, patient, pharmacist] = await Promise.all(
    [1, 2, 3, 4].map((index) => unlockedActor(stack, index)),
  );
  const hospital = await createHospital(admin!, { name: "Ridgeway General Hospital", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  for (const [member, role, speciality] of [
    [doctor!, "doctor", 2],
    [pharmacist!, "pharmacist", 0],
  ] as const) {
    const account = member.wallet.account.address;
    await claim(member, await invite(admin!, 1, { role, speciality }), { name: role });
    await confirmMember(admin!, await readHospital(admin!.chain, 1), account, {
      account,
      name: role,
      role,
      speciality,
    });
  }
  const expiry = Math.floor(Date.now() / 1000) + 3600;
  const grantee = doctor!.wallet.account.address;
  await grantAccess(patient!, { grantee, hospital: 1, read: [], write: [4], expiry });
}, 240_000);

afterAll(() => stack?.close());

/** Runs the program as an account, with lines on its standard input. */
async function piped(account: number, input: string[], ...args: string[]) {
  const { rpcUrl, storeUrl, dir } = stack;
  const urls = { CHARTKEY_RPC_URL: rpcUrl, CHARTKEY_STORE_URL: storeUrl, INIT_CWD: dir };
  return runCli([...args, "--json"], { ...urls, CHARTKEY_PRIVATE_KEY: keyOf(account) }, undefined, input);
}

describe("a prescription from the command line", () => {
  it("prints the patient's code alone on stdout, and says on stderr that it is secret", async () => {
    const patient = cliOf(stack, 3);
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const medicines = ["--medicine", "Metformin 500 mg", "--dosage", "with food", "--fills", "3"];
    const person = ["--name", "Ananya Sharma", "--birth-date", "1984-02-29"];
    const prescribed = await cliOf(stack, 2).json<{ recordId: string }>(
      ...["prescribe", "--patient", patient.address, ...medicines, ...person, "--until", until],
    );
    orderId = prescribed.recordId;
    const { code, stdout, stderr } = await patient.raw("rx", "show", "1");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^chartkey-rx:1:[\w-]{166}\n$/) as string,
    });
    expect(stderr).toMatch(/^Secret: /);
    await writeFile(join(stack.dir, "code.txt"), stdout);
    const others = await cliOf(stack, 4).raw("rx", "show", orderId, "--json");
    expect(JSON.parse(others.stdout)).toMatchObject({ error: { code: "RECORD_UNKNOWN" } });
  });

  it("O07 takes the code from standard input or a file, and refuses it as an argument", async () => {
    const { code } = await cliOf(stack, 3).json<{ code: string }>("rx", "show", orderId);
    const refused = await cliOf(stack, 4).raw("dispense", "--hospital", "1", code, "--json");
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "ARGUMENT_IS_SECRET" } });
    expect(refused.stdout + refused.stderr).not.toContain("chartkey-rx:");
    const looked = await piped(4, [code], "dispense", "--hospital", "1");
    expect(JSON.parse(looked.stdout) as Described).toMatchObject({
      state: "valid",
      patient: { name: "Ananya Sharma", birthDate: "1984-02-29" },
      medicines: [{ medicine: "Metformin 500 mg", remaining: 3, prescribed: 3 }],
      dispensed: null,
    });
    const terms = ["dispense", "--hospital", "1", "--file", "code.txt", "--amounts"];
    const done = await cliOf(stack, 4).json<Described>(...terms, "2");
    expect(done).toMatchObject({ medicines: [{ remaining: 1 }], dispensed: [2] });
    const tooMuch = await cliOf(stack, 4).raw(...terms, "2", "--json");
    expect(JSON.parse(tooMuch.stdout)).toMatchObject({ error: { code: "REVERT_Prescriptions_TooMuch" } });
  });

  it("verifies the public code without a key, and names no medicine", async () => {
    const without = cliOf(stack);
    const { code } = await without.json<{ code: string }>("rx", "show", orderId, "--public");
    const { stdout } = await without.raw("verify-prescription", code, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ state: "valid", counts: [{ prescribed: 3, remaining: 1 }] });
    expect(stdout).not.toMatch(/Metformin|Ananya/);
  });
});
