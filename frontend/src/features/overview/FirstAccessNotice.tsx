import { type FirstAccess, toScope } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { Notice } from "../../components/Notice.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { LOOKED_BACK, useNewReaders } from "../../lib/patient/useFirstAccesses.ts";

/** Readers that are named; of more, the number is said. */
const NAMED = 3;

/** Tells of others who were handed files of the chart for the first time, until the patient has seen it. */
export function FirstAccessNotice() {
  const { t } = useTranslation("overview");
  const locale = useLocale();
  const { readers, bounded, markSeen } = useNewReaders();
  if (readers.length === 0) return null;
  const more = readers.length - NAMED;
  return (
    <Notice
      className="mt-4"
      tone="ink"
      live="status"
      title={t("firstAccess.title", { count: readers.length })}
      action={
        <button type="button" className="btn btn-plain btn-sm" onClick={markSeen}>
          {t("firstAccess.seen")}
        </button>
      }
    >
      <ul className="list-unstyled mb-0">
        {readers.slice(0, NAMED).map((access) => (
          <ReaderLine key={access.reader} access={access} />
        ))}
        {more > 0 && <li>{t("firstAccess.others", { number: more.toLocaleString(locale) })}</li>}
      </ul>
      <p className="ck-2 ck-s mb-0 mt-1">
        {t("firstAccess.source", { count: LOOKED_BACK })} {bounded && t("firstAccess.bounded")}{" "}
        {t("firstAccess.counted")}
      </p>
      <Link className="ck-tap" to="/patient/access/deliveries">
        {t("firstAccess.log")}
      </Link>
    </Notice>
  );
}

function ReaderLine({ access }: { readonly access: FirstAccess }) {
  const { t } = useTranslation(["overview", "deliveries"]);
  const locale = useLocale();
  const words = useCategoryWords();
  const { reader, time, proven, told, files, more, categories } = access;
  const number = { count: files, number: files.toLocaleString(locale) };
  return (
    <li>
      <AccountName account={reader} />
      {t("common:comma")}
      {t("firstAccess.first")} <Time seconds={time} show="short" />
      {t("common:comma")}
      {t(`firstAccess.${more ? "filesOrMore" : "files"}`, number)}
      {categories.length > 0 && ` (${words(toScope(categories))})`}
      {!proven && (
        <>
          {" "}
          <StatusBadge tone="wait">{t("deliveries:unsigned")}</StatusBadge>
        </>
      )}
      {told !== undefined && (
        <span className="ck-2 ck-s d-block">
          {t("firstAccess.told")} <Time seconds={told} show="short" />
        </span>
      )}
    </li>
  );
}
