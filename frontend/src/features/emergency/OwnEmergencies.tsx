import { sameAddress } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { EmergencyFacts } from "./EmergencyFacts.tsx";
import { HandedSet } from "./HandedSet.tsx";
import { useHospitalEmergencies } from "./queries.ts";

/** The emergencies that the connected doctor opened. */
export function OwnEmergencies({ hospitals }: { readonly hospitals: readonly number[] }) {
  const { t } = useTranslation("emergency");
  const { address = "" } = useConnection();
  const { data } = useHospitalEmergencies(hospitals);
  const own = data?.filter(({ doctor }) => sameAddress(doctor, address)) ?? [];
  if (own.length === 0) return null;
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{t("openPage.own")}</h2>
      <p className="ck-2 ck-measure">{t("openPage.opensNothing")}</p>
      <ul className="ck-list" aria-label={t("openPage.own")}>
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
