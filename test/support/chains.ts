import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of this run for chains that are copied by `startTestStack`. */
    chains: string;
  }
}

/** Before and after a run of the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "chartkey-chains-"));
  project.provide("chains", folder);
  return () => rm(folder, { recursive: true, force: true });
}
