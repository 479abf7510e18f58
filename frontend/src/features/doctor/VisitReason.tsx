import { sameAddress } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { visitAt } from "./lib/days.ts";
import { useDoctorVisits, useRequests, visitKey } from "./queries.ts";
import { VisitWords } from "./VisitWords.tsx";

/** What the patient wrote for the visit that is going on, comes next, or was last. Nothing when there is none. */
export function VisitReason({ patient }: { readonly patient: Address }) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const now = useNow();
  const all = useDoctorVisits();
  const { data: requests } = useRequests(all.data);
  const visit = visitAt(all.data?.filter((each) => sameAddress(each.patient, patient)) ?? [], now);
  const request = visit && requests?.get(visitKey(visit));
  if (!visit || !request) return null;
  return (
    <section className="mt-4 mb-4 ck-measure" aria-label={t("day.reason")}>
      <p className="ck-s ck-2 mb-1">{t("day.written", { when: formatVisitTime(visit.start, locale) })}</p>
      <VisitWords request={request} />
    </section>
  );
}
