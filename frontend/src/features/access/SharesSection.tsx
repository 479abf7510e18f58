import type { Share } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { keyOf } from "../../lib/chart/items.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useShares } from "../../lib/patient/useShares.ts";
import { ShareRow } from "./ShareRow.tsx";
import { WithdrawShareDialog } from "./WithdrawShareDialog.tsx";

/** The single entries that the patient shared: those that still count, then the others. */
export function SharesSection() {
  const { t } = useTranslation("access");
  const { data, error, refetch } = useShares();
  const { data: chart } = useChart(usePatientAccount());
  const { data: hospitals } = useHospitals();
  const [ending, setEnding] = useState<Share | null>(null);
  const now = useNow();
  const isOpen = ({ withdrawn, until }: Share) => !withdrawn && now < until;
  const titleOf = ({ record, category }: Share) =>
    chart?.items.find(({ key }) => key === keyOf(record))?.summary?.title ?? t(`common:category.${category}`);
  const nameOf = ({ to }: Share) => staffName(hospitals, to) ?? shortHex(to);
  const rows = (shares: readonly Share[]) =>
    shares.map((share) => (
      <ShareRow
        key={share.notice}
        share={share}
        title={titleOf(share)}
        name={nameOf(share)}
        {...(isOpen(share) ? { onWithdraw: () => setEnding(share) } : {})}
      />
    ));
  const open = data?.filter(isOpen) ?? [];
  const past = data?.filter((share) => !isOpen(share)) ?? [];
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{t("shares.title")}</h2>
      {error && <ErrorNotice error={error} form={false} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data && open.length === 0 && <p className="ck-2 ck-measure">{t("shares.none")}</p>}
      {open.length > 0 && (
        <ul className="ck-list" aria-label={t("shares.title")}>
          {rows(open)}
        </ul>
      )}
      {past.length > 0 && (
        <details className="ck-raw mt-3">
          <summary>{t("shares.past")}</summary>
          <ul className="ck-list mt-2" aria-label={t("shares.past")}>
            {rows(past)}
          </ul>
        </details>
      )}
      <p className="mt-3 mb-0">
        <Link className="ck-tap" to="/shared">
          {t("shares.received")}
        </Link>
      </p>
      {ending && (
        <WithdrawShareDialog
          share={ending}
          title={titleOf(ending)}
          name={nameOf(ending)}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  );
}
