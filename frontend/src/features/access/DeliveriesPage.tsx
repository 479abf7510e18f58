import { sameAddress } from "@chartkey/sdk";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { deliveriesSince, useDeliveries } from "../../lib/patient/useDeliveries.ts";
import { AccessLogSection } from "./AccessLogSection.tsx";
import { DeliveryList } from "./DeliveryList.tsx";
import { NewReaders } from "./NewReaders.tsx";
import { firstDeliveries } from "./firstDeliveries.ts";

const PERIODS = [7, 30, 365] as const;

/** What stores handed out of the chart: who, when, what, and whether he signed for it. */
export default function DeliveriesPage() {
  const { t } = useTranslation("deliveries");
  const [days, setDays] = useState<number>(30);
  const [withOwn, setWithOwn] = useState(false);
  const patient = usePatientAccount();
  const { data, error, refetch } = useDeliveries(days);
  const shown = data?.deliveries.filter(({ reader }) => withOwn || !patient || !sameAddress(reader, patient)) ?? [];
  const first = useMemo(() => firstDeliveries(data?.deliveries ?? []), [data]);
  const records = shown.filter(({ file }) => file === "content");
  const others = shown.filter(({ file }) => file !== "content");
  return (
    <Page title={t("title")}>
      <BackLink to="/patient/access">{t("back")}</BackLink>
      <p className="ck-measure ck-2 mt-3">{t("text")}</p>
      <details className="ck-raw ck-measure">
        <summary>{t("counted.title")}</summary>
        <p className="ck-2 mt-2 mb-0">{t("counted.text")}</p>
      </details>
      {patient && <NewReaders />}
      <div className="d-flex flex-wrap align-items-end gap-4 mt-4">
        <div>
          <label className="form-label" htmlFor="deliveries-days">
            {t("period")}
          </label>
          <select
            id="deliveries-days"
            className="form-select"
            value={days}
            onChange={({ target }) => setDays(Number(target.value))}
          >
            {PERIODS.map((period) => (
              <option key={period} value={period}>
                {t("days", { count: period })}
              </option>
            ))}
          </select>
        </div>
        <div className="form-check mb-2">
          <input
            id="deliveries-own"
            type="checkbox"
            className="form-check-input"
            checked={withOwn}
            onChange={({ target }) => setWithOwn(target.checked)}
          />
          <label className="form-check-label" htmlFor="deliveries-own">
            {t("own")}
          </label>
        </div>
      </div>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data?.silent.map(({ store, cause }) => (
        <Notice key={store} className="mt-4" icon="exclamationTriangle" tone="warn">
          {t(cause.code === "STORE_TOO_LARGE" ? "tooMany" : "silent", { store })}
        </Notice>
      ))}
      {data?.unchecked.map(({ store }) => (
        <Notice key={store} className="mt-4" icon="exclamationTriangle" tone="warn">
          {t("unchecked", { store })}
        </Notice>
      ))}
      {data && (
        <section className="mt-4" aria-live="polite">
          {records.length === 0 && !withOwn && data.silent.length === 0 && (
            <p className="ck-2 ck-measure">{t("none")}</p>
          )}
          <DeliveryList label={t("records")} deliveries={records} first={first} />
          {others.length > 0 && (
            <details className="ck-raw mt-4">
              <summary>{t("others", { count: others.length })}</summary>
              <p className="ck-2 ck-measure mt-2">{t("othersText")}</p>
              <DeliveryList label={t("othersLabel")} deliveries={others} first={first} />
            </details>
          )}
        </section>
      )}
      <AccessLogSection since={deliveriesSince(days)} />
    </Page>
  );
}
