import { cp, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { type Stack, type StackOptions, startStack } from "../../scripts/lib/stack.ts";
import type {} from "./chains.ts";

export type { Stack };

/** SHA-256 attempts per block: low enough that no test waits for work. */
const EASY = 64n;

type TestStackOptions = Pick<StackOptions, "dataDir" | "stores" | "difficulty">;

/** A folder with a chain on which nothing has happened but the deployment, and the sources; made by whoever needs it first in a run. */
async function deployedChain(difficulty: bigint): Promise<string> {
  const folder = join(inject("chains"), String(difficulty));
  if (await stat(folder).catch(() => undefined)) return folder;
  const dataDir = await mkdtemp(join(inject("chains"), "new-"));
  const stack = await startStack({ dataDir, rpcPort: 0, storePort: 0, difficulty });
  await stack.close();
  await rm(join(dataDir, "store"), { recursive: true });
  await rename(dataDir, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error; // Another worker was faster.
    await rm(dataDir, { recursive: true });
  });
  return folder;
}

/** `startStack` on free ports, with the contracts deployed already, which takes Hardhat seven seconds for each. */
export async function startTestStack(options: TestStackOptions): Promise<Stack> {
  const { dataDir, difficulty = EASY } = options;
  await cp(await deployedChain(difficulty), dataDir, { recursive: true });
  return startStack({ rpcPort: 0, storePort: 0, ...options, difficulty });
}
