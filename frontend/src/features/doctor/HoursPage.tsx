import { readOffer } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { FeeCredit } from "../../components/FeeCredit.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { hospitalName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { visitsKey } from "../../lib/patient/useVisits.ts";
import { required } from "../../lib/session/required.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { DAYS, HoursEditor } from "./HoursEditor.tsx";
import { coveredDays, feesOf, toQuarters } from "./lib/hours.ts";
import { MembershipNotice, NotActiveYet, useOwnHospitals } from "./Membership.tsx";

/** When patients may book. */
export default function HoursPage() {
  const { t } = useTranslation("doctor");
  const id = useId();
  const own = useOwnHospitals();
  const { data: hospitals } = useHospitals();
  const [chosen, setChosen] = useState<number | null>(null);
  const hospital = own?.find((each) => each === chosen) ?? own?.[0];
  const nameOf = (each: number) => hospitalName(hospitals, each) ?? t("common:standing.hospital", { id: each });
  return (
    <Page title={t("hours.title")}>
      <p className="ck-2 ck-measure mt-2">{t("hours.intro", { days: DAYS })}</p>
      <MembershipNotice />
      <FeeCredit />
      {own?.length === 0 && <NotActiveYet page="hours" />}
      {own && own.length > 1 && (
        <div className="mb-4">
          <label className="form-label" htmlFor={id}>
            {t("hours.hospital")}
          </label>
          <select
            id={id}
            className="form-select"
            value={hospital}
            onChange={({ target }) => setChosen(Number(target.value))}
          >
            {own.map((each) => (
              <option key={each} value={each}>
                {nameOf(each)}
              </option>
            ))}
          </select>
        </div>
      )}
      {hospital !== undefined && <HoursOf key={hospital} hospital={hospital} name={nameOf(hospital)} />}
    </Page>
  );
}

function HoursOf({ hospital, name }: { readonly hospital: number; readonly name: string }) {
  const session = useReadSession();
  const { address } = useConnection();
  const [now] = useState(() => Date.now() / 1000);
  const [saved, setSaved] = useState(false);
  const covered = coveredDays(now, DAYS);
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: [...visitsKey(session?.chain.id ?? 0), "open", { hospital, doctor: address ?? null, ...covered }],
    queryFn: async () => {
      if (!address) throw new Error("no account");
      const days = await readOffer(required(session).chain, { hospital, doctor: address, ...covered });
      const open = toQuarters(
        covered.firstDay,
        days.map(({ slots }) => slots),
      );
      return { open, fees: feesOf(days) };
    },
    enabled: session !== null && address !== undefined,
    structuralSharing: false,
  });
  if (error && !data) return <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />;
  if (!data) return <Loading />;
  return (
    <HoursEditor
      key={dataUpdatedAt}
      hospital={hospital}
      name={name}
      now={now}
      covered={covered}
      published={data.open}
      fees={data.fees}
      saved={saved}
      onSaved={setSaved}
    />
  );
}
