import { startStore } from "../../src/index.ts";
import { TableRights, gateOf } from "./member.ts";

/** Runs a store with a gate over the directory given, and with its blocks in the Kubo given, tells its URL to the parent, and waits to be killed. */
const [dataDir = "", kubo] = process.argv.slice(2);
const gate = gateOf(new TableRights());
const store = await startStore({ dataDir, port: 0, gate, ...(kubo === undefined ? {} : { kubo }) });
process.send?.(store.url);
