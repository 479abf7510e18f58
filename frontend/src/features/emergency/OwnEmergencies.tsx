import { isOpen, sameAddress } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { useNow } from "../../lib/format/useNow.ts";
import { EmergencyFacts } from "./EmergencyFacts.tsx";
import { HandedSet } from "./HandedSet.tsx";
import { useHospitalEmergencies } from "./queries.ts";

export interface OwnEmergenciesProps {
  readonly hospitals: readonly number[];
  /** Those that are open, with what was handed over; or those that have ended. */
  readonly show: "open" | "ended";
}

/** The emergencies that the connected doctor opened. */
export function OwnEmergencies({ hospitals, show }: OwnEmergenciesProps) {
  const { t } = useTranslation("emergency");
  const { address = "" } = useConnection();
  const { data } = useHospitalEmergencies(hospitals);
  const now = useNow();
  const own =
    data?.filter((each) => sameAddress(each.doctor, address) && isOpen(each, now) === (show === "open")) ?? [];
  if (own.length === 0) return null;
  const title = t(show === "open" ? "openPage.own" : "openPage.ended");
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{title}</h2>
      {show === "open" && <p className="ck-2 ck-measure">{t("openPage.opensNothing")}</p>}
      <ul className="ck-list" aria-label={title}>
        {own.map((emergency) => (
          <li key={`${emergency.hospital}|${emergency.number}`} className="d-block">
            <EmergencyFacts emergency={emergency} withPatient />
            <HandedSet emergency={emergency} />
          </li>
        ))}
      </ul>
    </section>
  );
}
