import type { ReceivedGrant } from "@chartkey/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { isAddress } from "viem";
import { KnownNameContext } from "../../components/AccountName.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { useNow } from "../../lib/format/useNow.ts";
import type { Chart } from "../../lib/chart/useChart.ts";
import { useLiveChart } from "../../lib/chart/useLiveChart.ts";
import { Banner } from "./Banner.tsx";
import { useReceivedGrants } from "./queries.ts";
import { NoAccess } from "./NoAccess.tsx";
import { inForce, useGrantOf, usePatient } from "./usePatient.ts";

export interface PatientFrameProps {
  readonly children: (opened: {
    readonly grant: ReceivedGrant;
    readonly chart: Chart;
    readonly name: string;
    /** Whether the chart was read since the page came, and not only before. */
    readonly isCurrent: boolean;
  }) => ReactNode;
}

/** A page about the patient of the address: the banner, and below it what the grant lets the doctor see; else why there is nothing. */
export function PatientFrame({ children }: PatientFrameProps) {
  const { t } = useTranslation("doctor");
  const { address = "" } = useParams();
  const back = { label: t("frame.back"), to: "/doctor/patients" };
  if (!isAddress(address, { strict: false }))
    return (
      <Page title={t("frame.noAddress")} ownHeading>
        <EmptyState
          kind="noData"
          level={1}
          title={t("frame.noAddress")}
          text={t("frame.noAddressText")}
          action={back}
        />
      </Page>
    );
  return <Frame patient={address}>{children}</Frame>;
}

function Frame({ patient, children }: PatientFrameProps & { readonly patient: `0x${string}` }) {
  const { t } = useTranslation("doctor");
  const grants = useReceivedGrants();
  const grant = useGrantOf(patient);
  const now = useNow();
  const current = grant && inForce(grant, now) ? grant : null;
  const { data: chart, error, refetch, isFetchedAfterMount } = useLiveChart(current ? patient : undefined);
  const { name: known } = usePatient(patient);
  const name = known ?? shortHex(patient);
  const failure = grants.error && !grants.data ? grants.error : error;
  if (grant === undefined || current === null)
    return (
      <Page title={name} ownHeading>
        {failure && <ErrorNotice error={failure} actions={{ retry: () => void grants.refetch() }} />}
        {grant === undefined && !failure && <Loading />}
        {grant !== undefined && <NoAccess patient={patient} name={name} grant={grant} />}
      </Page>
    );
  return (
    <Page title={name} ownHeading>
      <Banner grant={current} chart={chart} />
      {error && (
        <div className="mt-4">
          <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
        </div>
      )}
      {!chart && !error && <Loading what={t("frame.opening")} />}
      {chart && (
        <KnownNameContext value={known ? { account: patient, name: known } : null}>
          {children({ grant: current, chart, name, isCurrent: isFetchedAfterMount })}
        </KnownNameContext>
      )}
    </Page>
  );
}
