import { COUNTED, type Counted } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBlockNumber } from "wagmi";
import { HospitalName } from "../../components/AccountName.tsx";
import { DataTable } from "../../components/DataTable.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { BarPlot } from "./BarPlot.tsx";
import { talliesQuery } from "./explorerQueries.ts";
import { totalsBy, type Totals } from "./lib/tallies.ts";
import { NewerBlock } from "./NewerBlock.tsx";
import { useOpenedHead } from "./useOpenedHead.ts";
import { dateFormat } from "../../lib/format/intl.ts";

/** Months in the plot: more would not be told apart on a telephone. */
const MONTHS_DRAWN = 12;

/** A month of UTC ("2026-11") in the reader's language. */
function monthIn(locale: string, month: string, style: Intl.DateTimeFormatOptions): string {
  return dateFormat(locale, { ...style, timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`));
}

/** How many records, grants and emergency accesses there were, by month and by hospital; nobody is named. */
export default function StatisticsPage() {
  const { t, i18n } = useTranslation(["explorer", "audit"]);
  const locale = useLocale();
  const id = useId();
  const session = useReadSession();
  const head = useBlockNumber({ chainId: session?.chain.id, watch: true });
  const [opened, follow] = useOpenedHead(head.data);
  const [what, setWhat] = useState<Counted>("records");
  const tallies = useQuery({ ...talliesQuery(session, opened ?? 0n), enabled: opened !== undefined });
  const failed = [head, tallies].find(({ error }) => error);
  const reversed = i18n.dir() === "rtl";
  const months = totalsBy(tallies.data ?? [], ({ month }) => month);
  const hospitals = totalsBy(tallies.data ?? [], ({ hospital }) => hospital).toSorted((a, b) => a.key - b.key);
  const number = (value: bigint | number) => value.toLocaleString(locale);
  const counts = COUNTED.map((key) => ({
    key,
    header: t(`statistics.${key}`),
    cell: (row: Totals<unknown>) => number(row[key]),
    numeric: true,
  }));

  return (
    <Page
      title={t("statistics.title")}
      asOf={tallies.data && opened !== undefined ? t("statistics.asOf", { block: number(opened) }) : undefined}
    >
      <div className="mt-5">
        {failed && <ErrorNotice error={failed.error} actions={{ retry: () => void failed.refetch() }} />}
        <NewerBlock head={head.data} opened={opened} onFollow={follow} />
        {!failed && tallies.isPending && <Loading what={t("statistics.loading")} />}
        {tallies.data?.length === 0 && (
          <EmptyState kind="noData" title={t("statistics.none")} text={t("statistics.noneText")} />
        )}
        {months.length > 0 && (
          <div className="ck-stack">
            <div className="ck-measure">
              <label className="form-label" htmlFor={id}>
                {t("statistics.what")}
              </label>
              <select
                id={id}
                className="form-select"
                value={what}
                onChange={({ target }) => setWhat(COUNTED.find((each) => each === target.value) ?? "records")}
              >
                {COUNTED.map((each) => (
                  <option key={each} value={each}>
                    {t(`statistics.${each}`)}
                  </option>
                ))}
              </select>
            </div>
            <section className="ck-sec">
              <header>
                <h2>{t("statistics.byMonth")}</h2>
              </header>
              <BarPlot
                reversed={reversed}
                label={t("statistics.plotMonth", { what: t(`statistics.${what}`) })}
                bars={months.slice(-MONTHS_DRAWN).map((row) => ({
                  key: row.key,
                  label: monthIn(locale, row.key, { month: months.length > 6 ? "narrow" : "short" }),
                  value: row[what],
                }))}
              />
              <DataTable
                caption={t("statistics.byMonth")}
                rows={months.toReversed()}
                rowKey={({ key }) => key}
                columns={[
                  {
                    key: "month",
                    header: t("statistics.month"),
                    cell: ({ key }) => monthIn(locale, key, { month: "long", year: "numeric" }),
                  },
                  ...counts,
                ]}
              />
            </section>
            <section className="ck-sec">
              <header>
                <h2>{t("statistics.byHospital")}</h2>
              </header>
              <BarPlot
                reversed={reversed}
                label={t("statistics.plotHospital", { what: t(`statistics.${what}`) })}
                bars={hospitals.map((row) => ({
                  key: String(row.key),
                  label: row.key === 0 ? "–" : number(row.key),
                  value: row[what],
                }))}
              />
              <DataTable
                caption={t("statistics.byHospital")}
                rows={hospitals}
                rowKey={({ key }) => String(key)}
                columns={[
                  {
                    key: "hospital",
                    header: t("statistics.hospital"),
                    cell: ({ key }) =>
                      key === 0 ? (
                        t("statistics.own")
                      ) : (
                        <>
                          {number(key)} <HospitalName id={key} />
                        </>
                      ),
                  },
                  ...counts,
                ]}
              />
            </section>
            <p className="ck-s ck-2 ck-measure">{t("statistics.note")}</p>
          </div>
        )}
      </div>
    </Page>
  );
}
