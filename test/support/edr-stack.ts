import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deploymentOn, rpcClient, storeRights } from "@chartkey/sdk";
import { startStore } from "@chartkey/store";
import { LOCAL_CHAIN_ID, type Stack } from "../../scripts/lib/stack.ts";

/** A stack over Hardhat's simulated chain, which replaces, drops and takes back transactions when it is told to. */
export interface EdrStack extends Pick<Stack, "rpcUrl" | "storeUrl" | "storeUrls" | "close"> {
  /** A method of the chain for tests, such as `evm_mine`. */
  control(method: string, ...params: unknown[]): Promise<unknown>;
}

export async function openEdrStack(): Promise<EdrStack> {
  const dir = await mkdtemp(join(tmpdir(), "chartkey-edr-"));
  const node = fork(join(import.meta.dirname, "edr-process.ts"), { execArgv: [] });
  const [rpcUrl] = (await once(node, "message")) as [string];
  const chain = { id: LOCAL_CHAIN_ID, client: rpcClient(rpcUrl), deployment: deploymentOn(LOCAL_CHAIN_ID) };
  const store = await startStore({ dataDir: dir, port: 0, gate: { rights: storeRights(chain) } });
  return {
    ...{ rpcUrl, storeUrl: store.url, storeUrls: [store.url] },
    control: async (method, ...params) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
      const answer = await fetch(rpcUrl, { method: "POST", headers, body });
      const { result, error } = (await answer.json()) as { result?: unknown; error?: { message: string } };
      if (error !== undefined) throw new Error(`${method}: ${error.message}`);
      return result;
    },
    close: async () => {
      await store.close();
      node.kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
