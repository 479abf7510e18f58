import { Link } from "react-router";
import { useTranslation } from "react-i18next";
import { shortHex, spelled } from "../lib/format/address.ts";
import { CopyButton } from "./CopyButton.tsx";

export interface AddressProps {
  /** An address, hash, CID or other long identifier. */
  readonly value: string;
  readonly kind?: "address" | "hash" | "cid" | "key";
  /** Where a click on it leads. */
  readonly to?: string;
  readonly copy?: boolean;
  /** Shows all digits, over several lines when needed. */
  readonly full?: boolean;
}

/** An identifier, short, always left to right; it copies in full. A name belongs before it. */
export function Address({ value: written, kind = "address", to, copy = true, full = false }: AddressProps) {
  const { t } = useTranslation();
  const value = spelled(written);
  const short = shortHex(value);
  const text = full ? value : short;
  return (
    <span className={full ? "ck-addr is-full" : "ck-addr"} title={full ? undefined : value}>
      {to ? <Link to={to}>{text}</Link> : <span>{text}</span>}
      {copy && <CopyButton value={value} label={`${t(`identifier.${kind}`)} ${short}`} />}
    </span>
  );
}
