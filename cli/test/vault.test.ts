import { acceptSuccession, findKey, proposeSuccessor, readProposal, setRecovery, type Session } from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor } from "../../scripts/lib/actor.ts";
import { developmentAccount } from "../../scripts/lib/accounts.ts";
import { type TestStack, cliOf, keyOf, openStack, runCli, spawnCli } from "./support.ts";

let stack: TestStack;
const addressOf = (account: number) => developmentAccount(account).address;
const PASSCODE = "correct horse";
const CODE = /Recovery code: ((?:\w{4}-){7}\w{4})\n/;

beforeAll(async () => {
  stack = await openStack();
});

afterAll(async () => {
  vi.restoreAllMocks();
  await stack?.close();
});

/** Runs commands of an account, with lines on standard input. */
function user(account: number, more: Record<string, string> = {}, perform = runCli) {
  const { rpcUrl, storeUrl, dir } = stack;
  const env = { CHARTKEY_RPC_URL: rpcUrl, CHARTKEY_STORE_URL: storeUrl, CHARTKEY_PRIVATE_KEY: keyOf(account), ...more };
  return (command: string, ...input: string[]) => perform([...command.split(" "), "--json"], env, dir, input);
}

/** Runs a command that must succeed and gives the recovery code that it shows, to stderr alone. */
async function codeOf(running: ReturnType<ReturnType<typeof user>>): Promise<string> {
  const { code, stdout, stderr } = await running;
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(CODE) as string });
  const shown = CODE.exec(stderr)![1]!;
  expect(stdout).not.toContain(shown.slice(0, 9));
  return shown;
}

const errorOf = async (running: ReturnType<ReturnType<typeof user>>) => {
  const { code, stdout } = await running;
  return { exit: code, ...(JSON.parse(stdout) as { error: { code: string; message: string } }).error };
};

describe("the vault, from the command line", () => {
  const address = addressOf(3);
  const unlocking = `timeline --patient ${address}`;

  it("asks for a passcode once it is set, from standard input or the environment", async () => {
    const patient = user(3, {}, spawnCli);
    await codeOf(patient("vault create"));
    expect(await errorOf(patient("vault passcode", "short"))).toMatchObject({ code: "PASSCODE_TOO_SHORT" });
    expect(await patient("vault passcode", PASSCODE)).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse((await patient("vault methods")).stdout)).toEqual({
      account: address,
      methods: [{ type: "recovery" }, { type: "wallet", wallet: address.toLowerCase(), passcode: true }],
    });
    expect(await patient(unlocking, PASSCODE)).toMatchObject({ code: 0, stderr: "" });
    expect(await user(3, { CHARTKEY_PASSCODE: PASSCODE })(unlocking)).toMatchObject({ code: 0, stderr: "" });
    expect(await errorOf(patient(unlocking, "another horse"))).toMatchObject({ code: "CRYPTO_OPEN_FAILED" });
    const silent = await cliOf(stack, 3).raw(...unlocking.split(" "), "--json");
    expect(JSON.parse(silent.stdout)).toMatchObject({ error: { code: "INPUT_ENDED" } });
  });

  it("rotates the key, and changes and removes the passcode", async () => {
    const { chain } = await actor(stack, 3);
    const keyVersion = async () => (await findKey(chain, address))!.keyVersion;
    const before = await keyVersion();
    expect(await user(3)("vault rotate", PASSCODE)).toMatchObject({ code: 0 });
    expect(await keyVersion()).toBe(before + 1);
    expect(await user(3)("vault passcode", "another horse", PASSCODE)).toMatchObject({ code: 0 });
    expect(await user(3)("vault passcode --remove", "another horse")).toMatchObject({ code: 0 });
    expect(await user(3)(unlocking)).toMatchObject({ code: 0 });
  });

  it("makes a new recovery code, with the wallet or the one before, which opens nothing then", async () => {
    const patient = user(3);
    const first = await codeOf(patient("vault recovery"));
    const second = await codeOf(patient("vault recovery --with-code", first.toLowerCase().replaceAll("-", " ")));
    const refused = await patient("vault rotate --with-code", first);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "CRYPTO_OPEN_FAILED" } });
    expect(refused.stdout + refused.stderr).not.toContain(first.slice(0, 9));
    expect(await patient("vault rotate --with-code", second)).toMatchObject({ code: 0 });
  });

  it("is made without the wallet, and says then what opens it", async () => {
    const pharmacist = user(4);
    const code = await codeOf(pharmacist("vault create --no-wallet"));
    const refused = await errorOf(pharmacist(unlocking));
    expect(refused).toMatchObject({ exit: 1, code: "VAULT_METHOD_MISSING" });
    expect(refused.message).toContain("vault methods");
    expect(await pharmacist("vault rotate --with-code", code)).toMatchObject({ code: 0 });
  });

  it("is sealed anew by a successor, with the recovery code", async () => {
    const code = await codeOf(user(3)("vault recovery"));
    const [lost, heir]: Session[] = [await actor(stack, 3), await actor(stack, 6)];
    await setRecovery(lost!, addressOf(7));
    await proposeSuccessor(lost!, address, addressOf(6));
    const { effective } = (await readProposal(lost!.chain, address))!;
    const ahead = effective * 1000 - Date.now() + 10_000;
    const realNow = Date.now.bind(Date);
    vi.spyOn(Date, "now").mockImplementation(() => realNow() + ahead);
    await acceptSuccession(heir!, address);
    // The store runs in this process and compares its clock with that of the program.
    vi.restoreAllMocks();
    const successor = user(6, { CHARTKEY_ACCOUNT: address });
    expect(await errorOf(successor(unlocking))).toMatchObject({ code: "VAULT_METHOD_MISSING" });
    await codeOf(successor("vault renew", code));
    expect(await successor(unlocking)).toMatchObject({ code: 0, stderr: "" });
    // A store remembers for two seconds that an account may read.
    await vi.waitFor(async () => expect(await errorOf(user(3)(unlocking))).toMatchObject({ code: "STORE_FORBIDDEN" }), {
      timeout: 20_000,
      interval: 500,
    });
  });
});
