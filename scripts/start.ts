/** `npm start`: chain, contracts, store and app on this machine, in one process. */
import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { buildApp, requireFreePort, serveApp } from "./lib/app.ts";
import { readSettings } from "./lib/settings.ts";
import { LOCAL_CHAIN_ID, type StackOptions, startStack } from "./lib/stack.ts";

const HELP = `npm start [-- options]

  --fresh   begin with an empty chain and store
  --demo    fill an empty chain with a hospital, staff, patients and records
  --stores  how many stores to run, each with a copy of everything: 1 to 4; default 1
  --block-time  mine a block each so many seconds, also an empty one; default: as soon as there are transactions
  --adjust-difficulty  with --block-time, in a new chain: work without a pause makes the block time; a processor is busy with it
  --witness the RPC URL of a second node, which must tell the app the same as the first
  --help    show this

  CHARTKEY_APP_PORT (5173), CHARTKEY_RPC_PORT (8545), CHARTKEY_STORE_PORT (5001) and CHARTKEY_DATA_DIR (.data) change where.
  Further stores have the ports that follow the first one's. CHARTKEY_RPC_RATE (2000) is how many calls a second an address may make of the chain.
  IPFS_API is the address of a Kubo that keeps the first store's blocks (docs/adr/0022); files do without it.`;

/** Chain and store stand alone and do not know how they are set up here. */
const HINTS: Readonly<Record<string, string>> = {
  POWCHAIN_PORT_IN_USE: " The other port is set with CHARTKEY_RPC_PORT.",
  STORE_PORT_IN_USE: " The other port is set with CHARTKEY_STORE_PORT.",
  POWCHAIN_GENESIS_MISMATCH: " npm start -- --fresh begins anew in this one.",
};

const began = performance.now();
const say = (message: string) => console.log(message);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fresh: { type: "boolean" },
      demo: { type: "boolean" },
      stores: { type: "string", default: "1" },
      "block-time": { type: "string" },
      "adjust-difficulty": { type: "boolean", default: false },
      witness: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return say(HELP);
  const stores = toStoreCount(values.stores);
  const mining = toMining(values["block-time"], values["adjust-difficulty"]);
  const { appPort, ...settings } = readSettings();
  const { dataDir } = settings;
  await requireFreePort(appPort);
  if (values.fresh) await rm(dataDir, { recursive: true, force: true });
  const [stack] = await Promise.all([startStack({ ...settings, stores, ...mining, log: say }), buildApp()]);
  let stopping = false;
  const closers = [() => stack.close()];
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say("Stopping ...");
    await Promise.all(closers.map((close) => close()));
    process.exit(0);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (values.demo) await seedDemo(stack);
  const { rpcUrl, storeUrls, sources } = stack;
  const witness = values.witness === undefined ? {} : { witnessRpcUrl: values.witness };
  const page = { chainId: LOCAL_CHAIN_ID, rpcUrl, ...witness, storeUrls, development: true };
  const app = await serveApp(appPort, page, sources);
  closers.push(() => app.close());
  say(`
Chartkey is ready after ${((performance.now() - began) / 1000).toFixed(1)} s.

  App     ${app.url}
  Chain   ${rpcUrl}   (chain id ${LOCAL_CHAIN_ID}, SHA-256 proof of work, one node)
  Store   ${storeUrls.join(", ")}
  Data    ${dataDir}

Press Ctrl-C to stop; the data stays. npm start -- --fresh begins anew, npm start -- --demo fills it with examples.`);
}

function toStoreCount(text: string): number {
  if (!/^[1-4]$/.test(text)) throw new Error(`--stores is "${text}". It must be a number from 1 to 4.`);
  return Number(text);
}

/** When blocks are mined. The difficulty is adjusted by the whole seconds that headers count in. */
function toMining(text: string | undefined, adjusts: boolean): Pick<StackOptions, "blockEveryMs" | "adjustedTo"> {
  if (text === undefined) {
    if (adjusts) throw new Error("--adjust-difficulty needs --block-time, which says what to adjust it towards.");
    return {};
  }
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (adjusts && (seconds < 1 || !Number.isInteger(seconds)))
    throw new Error(`--block-time is "${text}". With --adjust-difficulty it must be whole seconds from 1 to 9999.`);
  if (seconds < 0.01) throw new Error(`--block-time is "${text}". It must be a number of seconds from 0.01 to 9999.`);
  return adjusts ? { adjustedTo: seconds } : { blockEveryMs: seconds * 1000 };
}

async function seedDemo(stack: Awaited<ReturnType<typeof startStack>>): Promise<void> {
  if (!stack.deployed)
    return say("The chain already has data, so --demo adds nothing. Use --fresh --demo to begin with the examples.");
  say("Seeding the examples ...");
  const { seed } = await import("./seed.ts");
  await seed(stack);
}

main().catch((error: unknown) => {
  const { message, code } = error as { message?: string; code?: string };
  const hint = HINTS[code ?? ""] ?? "";
  console.error(`Chartkey did not start. ${message ?? String(error)}${hint}${code === undefined ? "" : ` (${code})`}`);
  process.exit(1);
});
