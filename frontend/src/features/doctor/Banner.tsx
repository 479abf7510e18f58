import type { ReceivedGrant } from "@chartkey/sdk";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Time } from "../../components/Time.tsx";
import type { Chart } from "../../lib/chart/useChart.ts";
import { hasCategory } from "../../lib/format/categories.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { allergiesOf } from "./lib/conflicts.ts";
import { usePatient } from "./usePatient.ts";
import { useUncovered } from "./useUncovered.ts";

interface BannerProps {
  readonly grant: ReceivedGrant;
  readonly chart: Chart | undefined;
}

/** Who the patient is, how long the doctor may read, and the allergies: on every screen of a chart. */
export function Banner({ grant, chart }: BannerProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const { name, birthDate } = usePatient(grant.patient);
  const band = useRef<HTMLElement>(null);
  useUncovered(band);
  return (
    <section ref={band} className="ck-patient" aria-label={t("banner.label")}>
      <div className="ck-patient-in">
        <div>
          <h1 className="h2" tabIndex={-1}>
            {name ? <bdi>{name}</bdi> : <Address value={grant.patient} copy={false} />}
          </h1>
          <div className="ck-meta d-flex flex-wrap column-gap-2">
            <span>
              {birthDate ? t("banner.born", { date: formatFhirDate(birthDate, locale) }) : t("banner.birthUnknown")}
            </span>
            <span>
              {t("banner.until")} <Time seconds={grant.expiry} show="short" /> (<Countdown until={grant.expiry} />)
            </span>
            {name && <Address value={grant.patient} />}
          </div>
        </div>
        <Allergies grant={grant} chart={chart} />
      </div>
    </section>
  );
}

function Allergies({ grant, chart }: BannerProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  if (!hasCategory(grant.read, 3)) return <p className="ck-mark is-wait mb-0">{t("banner.allergiesNotShared")}</p>;
  if (!chart) return null;
  const found = allergiesOf(chart.items).flatMap(({ summary }) => (summary ? [summary.title] : []));
  const unopened = chart.items.some(({ categories, integrity }) => categories.includes(3) && integrity !== "verified");
  return (
    <div className="d-grid gap-1">
      {found.length > 0 ? (
        <p className="ck-allergy mb-0">
          <Icon name="exclamationCircle" />
          <span>
            <strong>{t("banner.allergies")}</strong> <bdi>{formatList(found, locale)}</bdi>
          </span>
        </p>
      ) : (
        <p className="ck-s ck-2 mb-0">{t("banner.noAllergies")}</p>
      )}
      {unopened && <p className="ck-mark is-wait mb-0">{t("banner.historyUnopened")}</p>}
    </div>
  );
}
