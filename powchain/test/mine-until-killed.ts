/** A node of its own process, for tests that end it: `node mine-until-killed.ts <directory>` prints its URL. */
import { startPowchain } from "../src/index.ts";
import { alice, EASY, ETHER } from "./helpers.ts";

const [dataDir] = process.argv.slice(2);
const accounts = { [alice.address]: 1000n * ETHER };
const chain = await startPowchain({
  dataDir: dataDir!,
  port: 0,
  difficulty: EASY,
  accounts,
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${chain.url}\n`);
