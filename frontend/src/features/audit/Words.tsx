import { sameAddress, type LedgerEntry } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Address } from "../../components/Address.tsx";
import { categoriesOf } from "../../lib/format/categories.ts";
import { formatList } from "../../lib/format/list.ts";
import { hospitalName, staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** The categories of a mask in words. */
export function CategoryWords({ mask }: { readonly mask: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = categoriesOf(mask).map((category) => t(`category.${category}`));
  return <>{words.length > 0 ? formatList(words, locale) : t("decoded.none")}</>;
}

/** What an entry is: one record with its category, or a batch with its number of records and their categories. */
export function EntryWords({ entry }: { readonly entry: LedgerEntry }) {
  const { t } = useTranslation("audit");
  const { batch, categories } = entry;
  return (
    <span>
      <CategoryWords mask={batch ? categories : 1 << categories} />
      <span className="ck-s ck-2 d-block">{batch ? t("entry.batch", { count: batch.count }) : t("entry.single")}</span>
    </span>
  );
}

export interface PersonProps {
  readonly account: string;
  /** The hospital in whose name the account acts; 0 for none. */
  readonly hospital?: number;
  /** Whose ledger it is: this account is named as the patient. */
  readonly patient?: string;
}

/** Who an account is, from the hospitals' public directories: name first, then hospital and address. A patient has no name here. */
export function Person({ account, hospital = 0, patient }: PersonProps) {
  const { t } = useTranslation(["audit", "common"]);
  const { data } = useHospitals();
  const name = patient && sameAddress(account, patient) ? t("entry.patient") : staffName(data, account);
  return (
    <span>
      {name && (
        <span className="d-block">
          <bdi>{name}</bdi>
        </span>
      )}
      {hospital > 0 && (
        <span className="ck-s ck-2 d-block">
          <bdi>{hospitalName(data, hospital) ?? t("common:standing.hospital", { id: hospital })}</bdi>
        </span>
      )}
      <Address value={account} to={`/audit/address/${account}`} />
    </span>
  );
}

/** A link to a block by its number. */
export function BlockLink({ number }: { readonly number: bigint }) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  return (
    <Link className="ck-s ck-nowrap fw-normal" to={`/audit/block/${number}`}>
      {t("events.block", { number: number.toLocaleString(locale) })}
    </Link>
  );
}
