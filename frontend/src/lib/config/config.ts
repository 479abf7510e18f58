/** What the server of the page tells it at start, in /config.json. */
export interface AppConfig {
  /** EIP-155 chain id. */
  readonly chainId: number;
  /** JSON-RPC endpoint, absolute http(s) URL. */
  readonly rpcUrl: string;
  /** JSON-RPC endpoint of a second node that must agree, absolute http(s) URL; without one the first is believed. */
  readonly witnessRpcUrl?: string;
  /** Kubo-compatible APIs of the content stores, absolute http(s) URLs; the first is the primary one. */
  readonly storeUrls: readonly [string, ...string[]];
  /** Whether the development wallet, whose keys are public, is offered. */
  readonly development: boolean;
}

/** The configuration is missing or wrong; `field` names what, and the page says so instead of starting half. */
export class ConfigError extends Error {
  readonly code = "CONFIG_INVALID";
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`config.json: ${field} ${problem}`);
    this.name = "ConfigError";
    this.field = field;
  }
}

const FIELDS = ["chainId", "rpcUrl", "witnessRpcUrl", "storeUrls", "development"] as const;

function readUrl(field: "rpcUrl" | "witnessRpcUrl" | "storeUrls", value: unknown): string {
  if (typeof value !== "string" || !URL.canParse(value)) throw new ConfigError(field, "is not a URL");
  const { protocol, username, password } = new URL(value);
  if (protocol !== "http:" && protocol !== "https:") throw new ConfigError(field, "is not an http or https URL");
  // Credentials in a URL end up in errors and logs.
  if (username !== "" || password !== "") throw new ConfigError(field, "holds credentials");
  return value.replace(/\/+$/, "");
}

function readStoreUrls(value: unknown): AppConfig["storeUrls"] {
  if (!Array.isArray(value) || value.length === 0) throw new ConfigError("storeUrls", "is not a list of URLs");
  const [first, ...others] = value.map((url: unknown) => readUrl("storeUrls", url));
  return [first!, ...others];
}

/**
 * Checks a parsed config.json.
 * @throws ConfigError naming the first wrong, missing or unknown field.
 */
export function parseConfig(value: unknown): AppConfig {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ConfigError("the file", "is not a JSON object");
  }
  const unknown = Object.keys(value).find((key) => !FIELDS.some((field) => field === key));
  if (unknown !== undefined) throw new ConfigError(unknown, "is not a known field");
  const { chainId, rpcUrl, witnessRpcUrl, storeUrls, development } = value as Record<string, unknown>;
  if (typeof chainId !== "number" || !Number.isSafeInteger(chainId) || chainId < 1) {
    throw new ConfigError("chainId", "is not a positive integer");
  }
  if (typeof development !== "boolean") throw new ConfigError("development", "is not true or false");
  const witness = witnessRpcUrl === undefined ? {} : { witnessRpcUrl: readUrl("witnessRpcUrl", witnessRpcUrl) };
  return { chainId, rpcUrl: readUrl("rpcUrl", rpcUrl), ...witness, storeUrls: readStoreUrls(storeUrls), development };
}

/**
 * Fetches and checks /config.json, so that the same build runs against other ports.
 * @throws ConfigError when it cannot be fetched, is not JSON, or does not hold what it must.
 */
export async function loadConfig(fetcher: typeof fetch = fetch): Promise<AppConfig> {
  let value: unknown;
  try {
    const response = await fetcher("/config.json", { cache: "no-store" });
    if (!response.ok) throw new ConfigError("the file", `was answered with HTTP ${response.status}`);
    value = await response.json();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError("the file", "could not be read");
  }
  return parseConfig(value);
}
