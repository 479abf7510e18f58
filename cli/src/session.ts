import { resolve } from "node:path";
import {
  type Expectations,
  HeadMemory,
  Outbox,
  type ReadSession,
  type Session,
  type StoreFault,
  type UnlockedSession,
  appAt,
  connectChain,
  contentStores,
  rpcClient,
  storeSession,
  unlock,
} from "@chartkey/sdk";
import { createWalletClient, defineChain, http } from "viem";
import { fileKeeper } from "./file-keeper.ts";
import { headKeeper } from "./head-keeper.ts";
import type { Io } from "./io.ts";
import { readAccount } from "./keys.ts";
import { temporarySpool } from "./spool.ts";
import { withWallet } from "./unlocking.ts";
import { httpUrl, toAddress } from "./values.ts";

const RPC_URL = "http://127.0.0.1:8545";
const STORE_URL = "http://127.0.0.1:5001";

/** The second node of `CHARTKEY_WITNESS_RPC_URL`, and what was seen of the chain before, which is kept beside the drafts. */
function expectationsOf({ env, cwd }: Io): Expectations {
  const url = env["CHARTKEY_WITNESS_RPC_URL"];
  const directory = env["CHARTKEY_OUTBOX"];
  return {
    ...(url ? { witness: rpcClient(httpUrl(url, "CHARTKEY_WITNESS_RPC_URL")) } : {}),
    ...(directory ? { heads: new HeadMemory(headKeeper(resolve(cwd, directory))) } : {}),
  };
}

const rpcUrlOf = ({ env }: Io) => httpUrl(env["CHARTKEY_RPC_URL"] || RPC_URL, "CHARTKEY_RPC_URL");

/** The stores of `CHARTKEY_STORE_URL`, separated by commas; the first is the primary one. */
function storeUrlsOf({ env }: Io): [string, ...string[]] {
  const [first, ...others] = (env["CHARTKEY_STORE_URL"] || STORE_URL)
    .split(",")
    .map((url) => httpUrl(url.trim(), "CHARTKEY_STORE_URL"));
  return [first!, ...others];
}

/** Says once of each store what it did not do, though another one did. */
function faultTeller({ stderr }: Io): (fault: StoreFault) => void {
  const told = new Set<string>();
  return ({ step, store, cause }) => {
    const text =
      step === "put"
        ? `The store at ${store} did not take everything (${cause.code}). Nothing is lost; when it runs: npm run chartkey -- repair\n`
        : `The store at ${store} did not deliver a file (${cause.code}); another one did. See: npm run chartkey -- repair\n`;
    if (told.has(text)) return;
    told.add(text);
    stderr(text);
  };
}

/** Chain and store, for commands that need no key. Throws what `connectChain` throws. */
export async function openReading(io: Io, rpcUrl = rpcUrlOf(io)): Promise<ReadSession> {
  return {
    chain: await connectChain(rpcClient(rpcUrl), expectationsOf(io)),
    store: contentStores(storeUrlsOf(io), undefined, faultTeller(io)),
  };
}

/** The account that the wallet acts for, as its successor: `CHARTKEY_ACCOUNT`. */
function succeededAccount({ env }: Io) {
  const text = env["CHARTKEY_ACCOUNT"];
  return text ? { account: toAddress(text) } : {};
}

/** The same with the account's wallet. Throws what `readAccount` and `connectChain` throw. */
export async function openSession(io: Io): Promise<Session> {
  const account = await readAccount(io);
  const rpcUrl = rpcUrlOf(io);
  const reading = await openReading(io, rpcUrl);
  const chain = defineChain({
    id: reading.chain.id,
    name: `Chain ${reading.chain.id}`,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const wallet = createWalletClient({ account, chain, transport: http(rpcUrl) });
  const urls = storeUrlsOf(io);
  // The key is at hand, so that the sign-in asks nobody; it is made only if a command needs something private, once for every store.
  const store = contentStores(urls, storeSession(reading.chain, wallet, appAt(urls[0])), faultTeller(io));
  return { ...reading, store, wallet, newSpool: temporarySpool, ...succeededAccount(io) };
}

/** The same with the account's vault unlocked by the wallet. Throws what `unlock` throws too. */
export async function openUnlocked(io: Io): Promise<UnlockedSession> {
  const session = await openSession(io);
  const vault = await withWallet(io, (way) => unlock(session, way));
  const directory = io.env["CHARTKEY_OUTBOX"];
  const outbox = directory ? { outbox: new Outbox(fileKeeper(resolve(io.cwd, directory)), vault) } : {};
  return { ...session, vault, ...outbox };
}

/** This program, as stores are told when another key than the account's signs in. */
export const appOf = ({ store }: ReadSession) => appAt(store.url);
