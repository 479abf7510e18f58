import { type Bytes, utf8 } from "../bytes.ts";
import { hkdfFrom } from "./aead.ts";

/** Whose chart, on which chain and registry. */
export interface ChartContext {
  chainId: number;
  /** Address of RecordRegistry. */
  registry: string;
  patient: string;
}

/** The text that binds keys and documents to one chart. */
export function chartText({ chainId, registry, patient }: ChartContext): string {
  return `eip155:${chainId}|${[registry, patient].join("|").toLowerCase()}`;
}

/**
 * Key of one epoch of one category, 32 bytes. Derived from the chart secret, so that the vault need not change with an epoch.
 * Whoever has the key of one epoch learns nothing about another's.
 */
export function epochKey(chartKey: CryptoKey, chart: ChartContext, category: number, epoch: number): Promise<Bytes> {
  const info = utf8(`chartkey/epoch/1|${chartText(chart)}|${category}|${epoch}`);
  return hkdfFrom(chartKey, new Uint8Array(), info, 32);
}
