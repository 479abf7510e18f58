/**
 * Deploys to a fresh local chain: `node scripts/deploy-local.ts <rpc url> <folder for the sources>`. Prints the addresses as JSON.
 * Run by scripts/lib/stack.ts.
 */
import { deployLocal } from "./lib/deploy.ts";

const [rpcUrl, sources] = process.argv.slice(2);
if (rpcUrl === undefined || sources === undefined) throw new Error("Name the chain's RPC URL, and a folder.");
console.log(JSON.stringify(await deployLocal(rpcUrl, sources)));
