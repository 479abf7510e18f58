/** Checks blocks, ledgers and exports without a wallet and without believing a node. Runs in browsers and in Node. */
export { type ChainReport, verifyAgainstChain } from "./chain-audit.ts";
export {
  type BlockClaim,
  type CheckedCheckpoint,
  type Checkpoint,
  checkCheckpoints,
  claimBlock,
  decodeCheckpoint,
  encodeCheckpoint,
  readCheckpoints,
  writeCheckpoint,
} from "./checkpoint.ts";
export { type Linked, linkToNewest } from "./checkpoint-link.ts";
export { type ExportOptions, exportLedger } from "./export.ts";
export type { ExportDocument, ExportEntry, ExportItem, LedgerExport } from "./format.ts";
export {
  type Check,
  type HeaderReport,
  type RpcHeader,
  SEALED_CHAINS,
  headerFields,
  sealDigest,
  sealTarget,
  verifyHeader,
  viewHeader,
} from "./header.ts";
export type { CheckResult, Report } from "./report.ts";
export { type NamedSource, implementationOf, isSource, verifyMetadata } from "./source.ts";
export { listRoot } from "./trie.ts";
export { type ExportReport, type VerifyOptions, verifyExport } from "./verify.ts";
