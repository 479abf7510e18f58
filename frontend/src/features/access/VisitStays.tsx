import { sameAddress } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Address } from "viem";
import { useNow } from "../../lib/format/useNow.ts";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { isAhead, usePatientVisits } from "../../lib/patient/useVisits.ts";

/** Says that ending an access cancels no visit: the next one with that doctor stays booked. Nothing when there is none. */
export function VisitStays({ doctor }: { readonly doctor: Address }) {
  const { t } = useTranslation("access");
  const locale = useLocale();
  const now = useNow();
  const { data } = usePatientVisits();
  const ahead = data?.filter((visit) => sameAddress(visit.doctor, doctor) && isAhead(visit, now)) ?? [];
  const [next] = ahead;
  if (!next) return null;
  return (
    <span className="d-block mt-1">
      {t("visitStays.text", { count: ahead.length, when: formatVisitTime(next.start, locale) })}{" "}
      <Link to="/patient/visits">{t("visitStays.action")}</Link>
    </span>
  );
}
