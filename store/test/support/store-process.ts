import { startStore } from "../../src/index.ts";

/** Runs a store over the directory given, tells its URL to the parent, and waits to be killed. */
const store = await startStore({ dataDir: process.argv[2] ?? "", port: 0 });
process.send?.(store.url);
