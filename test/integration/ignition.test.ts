import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Powchain, startPowchain } from "@chartkey/powchain";
import { deploymentOn } from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { genesisBalances } from "../../scripts/lib/accounts.ts";
import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";
import { ROOT } from "../../scripts/lib/settings.ts";

/** Hardhat Ignition's commands on the proof-of-work chain, as its documentation has them. */

const ID = `test-${process.pid}`;
/** Seven contracts, and two calls that wire them. */
const TRANSACTIONS = 9n;
const JOURNAL = join(ROOT, "ignition/deployments", ID);

let dataDir: string;
let chain: Powchain;

const startChain = (port: number) =>
  startPowchain({ dataDir, port, chainId: LOCAL_CHAIN_ID, accounts: genesisBalances(), difficulty: 64n });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-ignition-"));
  chain = await startChain(0);
});
afterAll(async () => {
  await chain.close();
  for (const folder of [JOURNAL, dataDir]) await rm(folder, { recursive: true, force: true });
});

/** Runs a command to its end. */
function hardhat(...args: readonly string[]): Promise<{ ended: number | null; said: string }> {
  const all = [
    join(ROOT, "node_modules/hardhat/dist/src/cli.js"),
    // Without the profile Ignition builds contract by contract, of another metadata hash than the program's build.
    ...["--config", join(ROOT, "test/integration/support/ignition.config.ts"), "--build-profile", "default"],
    ...args,
  ];
  const env = { ...process.env, CHARTKEY_TEST_RPC_URL: chain.url, HARDHAT_IGNITION_CONFIRM_DEPLOYMENT: "true" };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, all, { cwd: ROOT, env }, (_error, stdout, stderr) =>
      resolve({ ended: child.exitCode, said: stdout + stderr }),
    );
  });
}

const deploy = () =>
  hardhat("ignition", "deploy", "ignition/modules/Chartkey.ts", "--network", "local", "--deployment-id", ID);

describe("hardhat ignition", () => {
  it("goes on with a deployment to powchain when the chain was stopped in the middle", async () => {
    const stopped = deploy();
    await vi.waitFor(() => expect(chain.blockNumber()).toBeGreaterThan(2n), { timeout: 60_000, interval: 10 });
    await chain.close();
    expect((await stopped).ended).toBe(1);
    chain = await startChain(chain.port);
    expect(chain.blockNumber()).toBeLessThan(TRANSACTIONS);
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
    const { ended, said } = await hardhat("ignition", "status", ID);
    expect({ ended, said }).toMatchObject({ ended: 0, said: expect.stringContaining("Chartkey#AccessLog") as string });
  });
});
