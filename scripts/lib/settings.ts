import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where `npm start` serves and keeps its data. */
export interface Settings {
  appPort: number;
  rpcPort: number;
  storePort: number;
  dataDir: string;
  /** JSON-RPC calls a second that one address may make of the chain; powchain's default when absent. */
  rpcRate?: number;
  /** API of a Kubo that keeps the first store's blocks. */
  kubo?: string;
}

function port(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new Error(`${name} is "${text}". It must be a port number from 1 to 65535.`);
  return value;
}

/** Calls a second; undefined when nothing is set. */
function rate(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === "") return undefined;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Error(`${name} is "${text}". It must be a whole number of calls a second, from 1 to 9999999.`);
}

/** Reads CHARTKEY_APP_PORT, CHARTKEY_RPC_PORT, CHARTKEY_RPC_RATE, CHARTKEY_STORE_PORT, CHARTKEY_DATA_DIR and IPFS_API. */
export function readSettings(): Settings {
  const dataDir = process.env["CHARTKEY_DATA_DIR"];
  const kubo = process.env["IPFS_API"];
  const rpcRate = rate("CHARTKEY_RPC_RATE");
  if (kubo && !URL.canParse(kubo)) throw new Error(`IPFS_API is "${kubo}". It must be a URL: http://127.0.0.1:5002`);
  return {
    appPort: port("CHARTKEY_APP_PORT", 5173),
    rpcPort: port("CHARTKEY_RPC_PORT", 8545),
    storePort: port("CHARTKEY_STORE_PORT", 5001),
    dataDir: resolve(
      process.env["INIT_CWD"] ?? ROOT,
      dataDir === undefined || dataDir === "" ? resolve(ROOT, ".data") : dataDir,
    ),
    ...(rpcRate === undefined ? {} : { rpcRate }),
    ...(kubo ? { kubo } : {}),
  };
}
