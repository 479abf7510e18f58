/** Deploys to a fresh local chain: `node scripts/deploy-local.ts <rpc url>`. Prints the addresses as JSON. Run by scripts/lib/stack.ts. */
import { deployLocal } from "./lib/deploy.ts";

const rpcUrl = process.argv[2];
if (rpcUrl === undefined) throw new Error("Name the chain's RPC URL.");
console.log(JSON.stringify(await deployLocal(rpcUrl)));
