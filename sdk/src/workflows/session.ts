import { type Address, type Hex, hexToBytes } from "viem";
import type { PayloadContext } from "../crypto/context.ts";
import type { ChartContext } from "../crypto/epoch.ts";
import type { VaultContext } from "../crypto/vault/context.ts";
import type { Vault } from "../crypto/vault/secrets.ts";
import type { Chain } from "../chain/connection.ts";
import type { LedgerEntry } from "../chain/head.ts";
import type { Wallet } from "../chain/transact.ts";
import type { ContentStore } from "../storage/content-store.ts";
import type { Parcel } from "./parcel.ts";
import type { Spool } from "./spool.ts";
import { type FileScope, chartFile } from "../storage/scope.ts";

/** Enough to look at everything public. */
export interface ReadSession {
  chain: Chain;
  store: ContentStore;
}

/** Somebody with a wallet. */
export interface Session extends ReadSession {
  wallet: Wallet;
  /** The account that the wallet acts for, as its successor; when absent, its own. */
  account?: Address;
  /** Keeps what is being written until the ledger has it; when absent, a write that fails is the caller's alone. */
  outbox?: Carrier;
  /** Where ciphertext of large files waits for a store; when absent, in a Blob. */
  newSpool?: () => Promise<Spool>;
}

/** What is told while a parcel is on its way. */
export interface Progress {
  onPhase?: OnPhase | undefined;
  /** How many files are stored. */
  onItem?: ((done: number) => void) | undefined;
}

/** Carries a parcel into the ledger. */
export interface Carrier {
  carry(session: Session, parcel: Parcel, progress: Progress): Promise<Hex>;
  /** Goes on with the parcel that was made of a staged list; undefined when there is none. */
  resume?(session: Session, origin: Hex, progress: Progress): Promise<Hex | undefined>;
}

/** Somebody with a wallet and his unlocked vault. */
export interface UnlockedSession extends Session {
  vault: Vault;
}

/** The phases of an action, in their order. */
export const PHASES = ["checking", "encrypting", "uploading", "confirming", "mining", "done"] as const;
export type Phase = (typeof PHASES)[number];

/** Is told as an action enters each phase. */
export type OnPhase = (phase: Phase) => void;

/** Tells the wallet's and the chain's part of an action as phases. */
export function watch(onPhase: OnPhase | undefined) {
  return { onConfirm: () => onPhase?.("confirming"), onSent: () => onPhase?.("mining") };
}

/** Whose account it is: whose chart, grants, visits and keys. */
export function accountOf({ wallet, account }: Session): Address {
  return account ?? wallet.account.address;
}

/** Who signs: the author of an entry. Another than `accountOf` only for a successor. */
export function signerOf({ wallet }: Session): Address {
  return wallet.account.address;
}

export function chartContext({ chain }: ReadSession, patient: Address): ChartContext {
  return { chainId: chain.id, registry: chain.deployment.records, patient };
}

/** Every category of a chart, as a mask. */
export const ALL_CATEGORIES = 0x3fe;

/** Mask of the categories of a ledger entry. */
export const categoriesOf = ({ kind, categories }: Pick<LedgerEntry, "kind" | "categories">): number =>
  kind === "batch" ? categories : 1 << categories;

/** The files of a ledger entry, for whoever may read one of its categories. */
export function entryFile(entry: Pick<LedgerEntry, "kind" | "patient" | "categories">): FileScope {
  return chartFile(entry.patient, categoriesOf(entry));
}

export function payloadContext(
  session: ReadSession,
  patient: Address,
  author: Address,
  category: number,
): PayloadContext {
  return { ...chartContext(session, patient), author, category };
}

export function vaultContext(session: Session): VaultContext {
  const { id: chainId, deployment } = session.chain;
  return { chainId, directory: deployment.keyDirectory, account: accountOf(session) };
}

export const sameAddress = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** The bytes of a hex value, as the rest of the sdk wants them. */
export const bytesOf = hexToBytes;
