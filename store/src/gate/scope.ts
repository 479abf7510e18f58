import { StoreError } from "../errors.ts";
import type { Params } from "../rpc/params.ts";
import { invalid } from "../rpc/params.ts";

/**
 * `chart`: of a patient's chart. `letter`: for one account or one hospital. `staged`: for whoever claims an invitation. `public`: for
 * everybody. `link`: a SMART Health Link of a patient, which is asked for by another door.
 */
export const KINDS = ["chart", "letter", "staged", "public", "link"] as const;
export type Kind = (typeof KINDS)[number];

/** What a stored file belongs to, and so who may read it. */
export interface Scope {
  readonly kind: Kind;
  /** The patient, whom a letter is for, or an invitation's claim key: lower-case address; "" for `public`. */
  readonly owner: string;
  /** Mask of the categories of a chart; 0 otherwise. */
  readonly categories: number;
  /** Another reader, whom the uploader named: a chart's request goes to a doctor without a grant. "" for none. */
  readonly to: string;
  /** Unix seconds: first second at which `to` is named no more; 0 for never. */
  readonly until: number;
  /** Of what is staged: the invitation's voucher, as the chain is asked about it; "" when it is not told, as by a reader. */
  readonly voucher: string;
}

/** What a scope is parsed from. */
export type ScopeFields = Partial<Record<keyof Scope, unknown>>;

/** Bits 1 to 9. */
const ALL_CATEGORIES = 0x3fe;
const ADDRESS = /^0x[0-9a-f]{40}$/;
const VOUCHER = /^[0-9A-Za-z_-]{1,1024}$/;

/** An address in lower case. @throws StoreError STORE_REQUEST_INVALID */
export function parseAddress(text: unknown, name: string): string {
  const lower = typeof text === "string" ? text.toLowerCase() : "";
  if (!ADDRESS.test(lower)) throw invalid(`"${name}" must be an address`);
  return lower;
}

/** @throws StoreError STORE_REQUEST_INVALID */
export function parseScope(fields: ScopeFields): Scope {
  const kind = KINDS.find((known) => known === fields.kind);
  if (!kind) throw invalid(`"kind" must be one of ${KINDS.join(", ")}`);
  const nobody = { categories: 0, to: "", until: 0, voucher: "" };
  if (kind === "public") return { kind, owner: "", ...nobody };
  const owner = parseAddress(fields.owner, "owner");
  if (kind === "letter" || kind === "link") return { kind, owner, ...nobody };
  if (kind === "staged") return { kind, owner, ...nobody, voucher: parseVoucher(fields.voucher) };
  const categories = Number(fields.categories);
  const known = Number.isInteger(categories) && categories > 0 && (categories & ~ALL_CATEGORIES) === 0;
  if (!known) throw invalid('"categories" must be a mask of categories 1 to 9');
  const to = fields.to === undefined ? "" : parseAddress(fields.to, "to");
  const until = fields.until === undefined ? 0 : Number(fields.until);
  const meant = Number.isSafeInteger(until) && until >= 0 && (until === 0 || to !== "");
  if (!meant) throw invalid('"until" must be a time in Unix seconds, for the reader in "to"');
  return { kind, owner, categories, to, until, voucher: "" };
}

function parseVoucher(text: unknown): string {
  if (text === undefined || text === "") return "";
  if (typeof text !== "string" || !VOUCHER.test(text))
    throw invalid('"voucher" must be base64url of at most 1,024 characters');
  return text;
}

/** How files are cut by everybody; smaller pieces would cost the disk far more than the bytes that are counted. */
const CHUNKER = "size-1048576";

/** The scope that an upload names in its query. @throws StoreError STORE_REQUEST_INVALID */
export function scopeOf(params: Params): Scope {
  if (params.text("chunker") !== CHUNKER) throw invalid(`"chunker" must be ${CHUNKER}`);
  const [kind, owner, to] = [params.text("kind"), params.text("owner"), params.text("to")];
  if (kind === undefined) {
    throw new StoreError("STORE_REQUEST_INVALID", 'say what the file belongs to: "kind", "owner" and "categories"');
  }
  if (kind === "link") throw invalid("links are made at /links");
  const voucher = params.text("voucher");
  if (kind === "staged" && !voucher) throw invalid('say for which "voucher" this is staged');
  return parseScope({ kind, owner, categories: params.count("categories"), to, until: params.count("until"), voucher });
}

export function sameScope(left: Scope, right: Scope): boolean {
  const same = left.kind === right.kind && left.owner === right.owner;
  const told = left.to === right.to && left.until === right.until && left.voucher === right.voucher;
  return same && told && left.categories === right.categories;
}
