import { startStore } from "../../src/index.ts";
import { TableRights, gateOf } from "./member.ts";

/** Runs a store with a gate over the directory given, tells its URL to the parent, and waits to be killed. */
const store = await startStore({ dataDir: process.argv[2] ?? "", port: 0, gate: gateOf(new TableRights()) });
process.send?.(store.url);
