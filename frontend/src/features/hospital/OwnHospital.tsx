import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { hospitalName, useHospital, useHospitals, type ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { useStandings } from "../../lib/roles/useRoles.ts";
import { chooseHospital, useChosenHospital } from "./chosen.ts";

/** Gives its page the hospital that the account administers; with several, offers the choice first. */
export function OwnHospital({ children }: { readonly children: (hospital: ListedHospital) => ReactNode }) {
  const standings = useStandings();
  const administered = (standings.data ?? []).flatMap(({ role, hospital }) =>
    role === "hospital" && hospital ? [hospital.id] : [],
  );
  const id = useChosenHospital(administered);
  const { data, error, refetch } = useHospital(id);
  if (error && !data) return <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />;
  if (!data) return <Loading />;
  return (
    <>
      {administered.length > 1 && <HospitalChoice ids={administered} current={data.id} />}
      {children(data)}
    </>
  );
}

function HospitalChoice({ ids, current }: { readonly ids: readonly number[]; readonly current: number }) {
  const { t } = useTranslation("hospital");
  const id = useId();
  const { data } = useHospitals();
  return (
    <div className="d-flex flex-wrap align-items-center gap-2 mb-4 ck-noprint">
      <label className="ck-s ck-2" htmlFor={id}>
        {t("choice")}
      </label>
      <div>
        <select
          id={id}
          className="form-select form-select-sm"
          value={current}
          onChange={({ target }) => chooseHospital(Number(target.value))}
        >
          {ids.map((each) => (
            <option key={each} value={each}>
              {hospitalName(data, each) ?? t("common:standing.hospital", { id: each })}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
