import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { AccountName } from "../../components/AccountName.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useNewReaders } from "../../lib/patient/useFirstAccesses.ts";

/** Readers that are named; of more, the number is said. */
const NAMED = 3;

/** Who is new among the readers of the chart, above the list where one sees it: marked there as seen, it is no more told anywhere. */
export function NewReaders() {
  const { t } = useTranslation(["deliveries", "overview"]);
  const { readers, markSeen } = useNewReaders();
  if (readers.length === 0) return null;
  return (
    <Notice
      className="mt-4"
      tone="ink"
      live="status"
      title={t("overview:firstAccess.count", { count: readers.length })}
      action={
        <button type="button" className="btn btn-plain btn-sm" onClick={markSeen}>
          {t("new.seen")}
        </button>
      }
    >
      {readers.slice(0, NAMED).map(({ reader }, at) => (
        <Fragment key={reader}>
          {at > 0 && t("common:comma")}
          <AccountName account={reader} />
        </Fragment>
      ))}
      {readers.length > NAMED && (
        <>
          {t("common:comma")}
          {t("new.more", { count: readers.length - NAMED })}
        </>
      )}
    </Notice>
  );
}
