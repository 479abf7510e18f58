/** `npm run deploy`: deploys the system to the chain of CHARTKEY_RPC_URL, and writes where it is and how its sources are verified. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { rpcClient } from "@chartkey/sdk";
import { DEFAULT_DELAYS } from "../ignition/modules/Chartkey.ts";
import { deploySystem } from "./lib/deploy.ts";
import { requireBlocks } from "./lib/on-demand.ts";
import { ROOT } from "./lib/settings.ts";
import { LOCAL_CHAIN_ID } from "./lib/stack.ts";

const options = { registrar: { type: "string" }, confirmations: { type: "string" }, out: { type: "string" } } as const;
const { values } = parseArgs({ options });

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(`${name} is not set. Nothing was deployed. See docs/deployment.md.`);
  return value;
}

function confirmationsIn(text = "5"): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new Error("--confirmations is a whole number from 1 to 999.");
  return Number(text);
}

const rpcUrl = setting("CHARTKEY_RPC_URL");
const privateKey = setting("CHARTKEY_PRIVATE_KEY");
const confirmations = confirmationsIn(values.confirmations);
const client = rpcClient(rpcUrl);
const chainId = await client.getChainId();
if (chainId === LOCAL_CHAIN_ID)
  throw new Error(
    "This is the local chain: npm start deploys to it, and every build knows where. Nothing was deployed.",
  );
await requireBlocks(client, confirmations);
const folder = resolve(process.env["INIT_CWD"] ?? ROOT, values.out ?? join(ROOT, "deployments"));
const { fromBlock, ...placed } = await deploySystem({
  ...{ rpcUrl, chainId, privateKey, confirmations },
  ...(values.registrar === undefined ? {} : { registrar: values.registrar }),
  delays: DEFAULT_DELAYS,
  pollingInterval: 1000,
  deploymentId: `chain-${chainId}`,
  sources: join(folder, String(chainId)),
});
await mkdir(folder, { recursive: true });
const file = join(folder, `${chainId}.json`);
await writeFile(file, `${JSON.stringify({ ...placed, fromBlock: Number(fromBlock) }, null, 2)}\n`);
console.log(`Deployed to chain ${chainId}: ${file}, sources beside it. Now: npm run generate.`);
