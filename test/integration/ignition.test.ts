import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Powchain, startPowchain } from "@chartkey/powchain";
import { deploymentOn } from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { genesisBalances } from "../../scripts/lib/accounts.ts";
import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";
import { ROOT } from "../../scripts/lib/settings.ts";

/** Hardhat Ignition's commands on the proof-of-work chain, as its documentation has them. */

const ID = `test-${process.pid}`;
/** Seven contracts, and two calls that wire them. */
const TRANSACTIONS = 9n;
const JOURNAL = join(ROOT, "ignition/deployments", ID);

let chain: Powchain;

beforeAll(async () => {
  chain = await startPowchain({ port: 0, chainId: LOCAL_CHAIN_ID, accounts: genesisBalances(), difficulty: 64n });
});
afterAll(async () => {
  await chain.close();
  await rm(JOURNAL, { recursive: true, force: true });
});

/** Runs a command, killed once the chain has so many blocks. */
async function hardhat(args: readonly string[], killedAt = Infinity): Promise<{ ended: number | null; said: string }> {
  const all = [
    join(ROOT, "node_modules/hardhat/dist/src/cli.js"),
    ...["--config", join(ROOT, "test/integration/support/ignition.config.ts")],
    ...args,
  ];
  const env = { ...process.env, CHARTKEY_TEST_RPC_URL: chain.url, HARDHAT_IGNITION_CONFIRM_DEPLOYMENT: "true" };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, all, { cwd: ROOT, env }, (_error, stdout, stderr) => {
      clearInterval(looking);
      resolve({ ended: child.exitCode, said: stdout + stderr });
    });
    const looking = setInterval(() => chain.blockNumber() >= killedAt && child.kill("SIGKILL"), 20);
  });
}

const deploy = (killedAt?: number) =>
  hardhat(
    ["ignition", "deploy", "ignition/modules/Chartkey.ts", "--network", "local", "--deployment-id", ID],
    killedAt,
  );

describe("hardhat ignition", () => {
  it("goes on with a deployment to powchain that was killed in the middle", async () => {
    expect((await deploy(3)).ended).toBeNull();
    const before = chain.blockNumber();
    expect(before).toBeLessThan(TRANSACTIONS);
    const { ended, said } = await deploy();
    expect(ended, said).toBe(0);
    expect(said).toContain("successfully deployed");
    expect(chain.blockNumber()).toBe(TRANSACTIONS);
    const placed = JSON.parse(await readFile(join(JOURNAL, "deployed_addresses.json"), "utf8")) as unknown;
    const { records, accessLog } = deploymentOn(LOCAL_CHAIN_ID);
    expect(placed).toMatchObject({ "Chartkey#RecordRegistry": records, "Chartkey#AccessLog": accessLog });
  });

  it("sends nothing again, and shows what was done", async () => {
    const again = await deploy();
    expect(again.ended, again.said).toBe(0);
    expect(again.said).toContain("Nothing new to deploy");
    expect(chain.blockNumber()).toBe(TRANSACTIONS);
    const { ended, said } = await hardhat(["ignition", "status", ID]);
    expect({ ended, said }).toMatchObject({ ended: 0, said: expect.stringContaining("Chartkey#AccessLog") as string });
  });
});
