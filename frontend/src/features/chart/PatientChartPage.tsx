import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useOpeningChart } from "../../lib/chart/openingChart.ts";
import { useLiveChart } from "../../lib/chart/useLiveChart.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { ChartView } from "./ChartView.tsx";

const pathOf = ({ key }: ChartItem) => `/patient/chart/${key}`;

/** The patient's own chart. */
export default function PatientChartPage() {
  const { t } = useTranslation("chart");
  const locale = useLocale();
  const address = usePatientAccount();
  const { data, error, refetch, isFetchedAfterMount } = useLiveChart(address);
  const actions = (
    <div className="ck-actions">
      <Link className="btn btn-plain" to="/patient/take-out">
        {t("take")}
      </Link>
      <Link className="btn btn-plain" to="/patient/add">
        {t("add")}
      </Link>
    </div>
  );
  const opening = useOpeningChart(address);
  const part = !data && !error ? opening : null;
  const items = data?.items ?? part?.items;
  const note = part && (
    <span role="status">
      {t("part.note", { opened: part.opened.toLocaleString(locale), total: part.total.toLocaleString(locale) })}
    </span>
  );
  const asOf =
    data &&
    t("asOf", {
      block: data.blockNumber.toLocaleString(locale),
      number: data.count.toLocaleString(locale),
      records: data.items.length.toLocaleString(locale),
    });
  return (
    <Page title={t("title")} actions={actions} {...(asOf ? { asOf } : {})} {...(note ? { note } : {})}>
      {error && (
        <div className="mt-4">
          <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
        </div>
      )}
      {!items && !error && <Loading what={t("opening")} />}
      {items && (
        <ChartView
          items={items}
          isCurrent={isFetchedAfterMount}
          isWhole={data !== undefined}
          pathOf={pathOf}
          whose="own"
          emptyAction={{ label: t("add"), to: "/patient/add" }}
        />
      )}
    </Page>
  );
}
