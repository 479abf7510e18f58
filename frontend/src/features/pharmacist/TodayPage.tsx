import { readDispensings, type Dispensing } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { Address } from "../../components/Address.tsx";
import { HospitalName } from "../../components/AccountName.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { HandedOut } from "../../components/HandedOut.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { Time } from "../../components/Time.tsx";
import { required } from "../../lib/session/required.ts";
import { useReadSession } from "../../lib/session/session.ts";

/** Unix seconds of the last midnight on the reader's clock. */
function midnight(): number {
  return new Date().setHours(0, 0, 0, 0) / 1000;
}

/** What the pharmacist handed out today, as the chain tells it: no medicine is named there. */
export default function TodayPage() {
  const { t } = useTranslation("pharmacist");
  const session = useReadSession();
  const { address } = useConnection();
  const since = midnight();
  const { data, error, refetch } = useQuery({
    queryKey: ["orders", session?.chain.id ?? 0, "byPharmacist", address ?? null, since],
    queryFn: async () => {
      if (!address) throw new Error("no account");
      return (await readDispensings(required(session).chain, { pharmacist: address }, since)).reverse();
    },
    enabled: session !== null && address !== undefined,
  });
  const columns: readonly Column<Dispensing>[] = [
    { key: "time", header: t("today.time"), cell: ({ time }) => <Time seconds={time} show="clock" /> },
    { key: "what", header: t("today.what"), cell: ({ amounts }) => <HandedOut amounts={amounts} /> },
    { key: "order", header: t("today.order"), cell: ({ orderId }) => <Address value={orderId} kind="hash" /> },
    { key: "where", header: t("today.where"), cell: ({ hospital }) => <HospitalName id={hospital} /> },
    {
      key: "proof",
      header: t("today.proof"),
      cell: ({ transactionHash }) => (
        <Address value={transactionHash} kind="hash" copy={false} to={`/audit/tx/${transactionHash}`} />
      ),
    },
  ];
  return (
    <Page title={t("today.title")}>
      <p className="ck-2 mt-2 mb-4 ck-measure">{t("today.intro")}</p>
      {error && !data && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && (
        <EmptyState
          kind="noData"
          title={t("today.none")}
          text={t("today.noneText")}
          action={{ label: t("title"), to: "/pharmacist" }}
        />
      )}
      {data && data.length > 0 && (
        <DataTable
          caption={t("today.title")}
          columns={columns}
          rows={data}
          rowKey={({ transactionHash }) => transactionHash}
        />
      )}
    </Page>
  );
}
