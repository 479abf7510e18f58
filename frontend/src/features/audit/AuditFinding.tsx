import { sequenceOf, type ChartkeyError, type ConsentAudit, type LedgerAudit } from "@chartkey/sdk";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Hex } from "viem";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { FindingMark } from "./FindingMark.tsx";

/** Findings that name the entry at which a ledger does not hold, with the key of their sentence. */
const atEntry: Readonly<Record<string, "broken" | "foreign">> = {
  LEDGER_BROKEN: "broken",
  LEDGER_FOREIGN_AUTHOR: "foreign",
};

/** The entry that a broken ledger breaks at; undefined when it holds or is only incomplete. */
export function brokenEntry({ finding }: { readonly finding: ChartkeyError | undefined }): Hex | undefined {
  return finding && atEntry[finding.code] ? (finding.details?.["recordId"] as Hex) : undefined;
}

/** What the recomputation found, in words; `long` says what was computed. */
export function ledgerWords(
  t: TFunction<"audit">,
  locale: string,
  ledger: LedgerAudit,
  length: "short" | "long",
): string {
  const broken = brokenEntry(ledger);
  const kind = atEntry[ledger.finding?.code ?? ""] ?? "broken";
  if (broken) return t(`ledger.${length}.${kind}`, { number: sequenceOf(broken).toLocaleString(locale) });
  return t(ledger.finding ? `ledger.${length}.incomplete` : `ledger.${length}.ok`, {
    number: ledger.entries.length.toLocaleString(locale),
  });
}

/** Tick or finding: whether the entries give the head in the contract. */
export function LedgerMark({ ledger, length }: { readonly ledger: LedgerAudit; readonly length: "short" | "long" }) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  return <FindingMark ok={!ledger.finding}>{ledgerWords(t, locale, ledger, length)}</FindingMark>;
}

/** Tick or finding: whether the changes of consent give the consent head in the contract. */
export function ConsentMark({
  consent,
  length,
}: {
  readonly consent: ConsentAudit;
  readonly length: "short" | "long";
}) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const number = consent.changes.length.toLocaleString(locale);
  return (
    <FindingMark ok={!consent.finding}>
      {t(`consent.${length}.${consent.finding ? "incomplete" : "ok"}`, { number })}
    </FindingMark>
  );
}
