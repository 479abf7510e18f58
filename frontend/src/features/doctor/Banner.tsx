import type { ReceivedGrant } from "@chartkey/sdk";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { Time } from "../../components/Time.tsx";
import type { Chart } from "../../lib/chart/useChart.ts";
import { Allergies } from "./Allergies.tsx";
import { BirthDate } from "./BirthDate.tsx";
import { usePatient } from "./usePatient.ts";
import { useUncovered } from "./useUncovered.ts";

interface BannerProps {
  readonly grant: ReceivedGrant;
  readonly chart: Chart | undefined;
}

/** Who the patient is, how long the doctor may read, and the allergies: on every screen of a chart. */
export function Banner({ grant, chart }: BannerProps) {
  const { t } = useTranslation("doctor");
  const { name, birthDate } = usePatient(grant.patient);
  const band = useRef<HTMLElement>(null);
  useUncovered(band);
  return (
    <section ref={band} className="ck-patient" aria-label={t("banner.label")}>
      <div className="ck-patient-in">
        <div>
          <h1 className="h2" tabIndex={-1}>
            {name ? <bdi>{name}</bdi> : <Address value={grant.patient} copy={false} />}
          </h1>
          <div className="ck-meta d-flex flex-wrap column-gap-2">
            <BirthDate birthDate={birthDate} read={grant.read} isOpen={chart !== undefined} />
            <span>
              {t("banner.until")} <Time seconds={grant.expiry} show="short" /> (<Countdown until={grant.expiry} />)
            </span>
            {name && <Address value={grant.patient} />}
          </div>
        </div>
        <Allergies read={grant.read} items={chart?.items} />
      </div>
    </section>
  );
}
