import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Wallet, encryptKeystoreJsonSync } from "ethers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Io } from "../src/io.ts";
import { readAccount, refuseSecrets } from "../src/keys.ts";
import { keyOf } from "./support.ts";

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "chartkey-keys-"));
  const { address, privateKey } = new Wallet(keyOf(3));
  const json = encryptKeystoreJsonSync({ address, privateKey }, "correct horse", { scrypt: { N: 1024 } });
  await writeFile(join(dir, "key.json"), json);
  await writeFile(join(dir, "other.json"), "{}");
});

afterAll(() => rm(dir, { recursive: true, force: true }));

const io = (env: Io["env"]): Io => ({
  env,
  cwd: dir,
  isTerminal: false,
  stdout: () => {},
  stderr: () => {},
  isTyped: false,
  readSecret: () => Promise.reject(new Error("nobody is here")),
});

describe("readAccount", () => {
  it("takes a key with or without 0x, or a keystore with its password", async () => {
    const { address } = await readAccount(io({ CHARTKEY_PRIVATE_KEY: keyOf(3) }));
    expect(await readAccount(io({ CHARTKEY_PRIVATE_KEY: keyOf(3).slice(2) }))).toMatchObject({ address });
    const keystore = { CHARTKEY_KEYSTORE: "key.json", CHARTKEY_PASSWORD: "correct horse" };
    expect(await readAccount(io(keystore))).toMatchObject({ address });
  });

  it.each([
    ["KEYSTORE_PASSWORD", { CHARTKEY_KEYSTORE: "key.json", CHARTKEY_PASSWORD: "wrong" }],
    ["KEYSTORE_PASSWORD", { CHARTKEY_KEYSTORE: "key.json" }],
    ["KEYSTORE_MALFORMED", { CHARTKEY_KEYSTORE: "other.json", CHARTKEY_PASSWORD: "x" }],
    ["ENOENT", { CHARTKEY_KEYSTORE: "missing.json" }],
    ["KEY_MALFORMED", { CHARTKEY_PRIVATE_KEY: "f".repeat(64) }],
    ["KEY_NOT_SET", {}],
  ])("refuses with %s", async (code, env) => {
    await expect(readAccount(io(env))).rejects.toMatchObject({ code });
  });
});

describe("refuseSecrets", () => {
  it.each([[keyOf(1)], [keyOf(1).slice(2)], [`--key=${keyOf(2)}`], [keyOf(2).toUpperCase().replace("0X", "0x")]])(
    "refuses a key as an argument",
    (argument) =>
      expect(() => refuseSecrets(["open", argument])).toThrow(expect.objectContaining({ code: "ARGUMENT_IS_SECRET" })),
  );

  it("refuses a recovery code as an argument", () => {
    for (const code of ["VHC4-R92B-T2RF-SNCP-HFJ8-V8Z8-C2MN-DBRX", "--code=vhc4 r92b t2rf sncp hfj8 v8z8 c2mn dbrx"])
      expect(() => refuseSecrets(["vault", code])).toThrow(expect.objectContaining({ code: "ARGUMENT_IS_SECRET" }));
  });

  it("lets record ids, addresses and invitations pass", () => {
    refuseSecrets(["open", `0x${"ab".repeat(28)}00000012`, "--patient", "0x90F79bf6EB2c4f870365E785982E1f101E93b906"]);
  });
});
