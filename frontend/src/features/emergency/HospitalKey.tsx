import { isOpen, publishHospitalKey, removeHospitalKey, type OnPhase } from "@chartkey/sdk";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { AccountName } from "../../components/AccountName.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { useRefreshHospitals, type ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { EmergencyFacts } from "./EmergencyFacts.tsx";
import { HandOver } from "./HandOver.tsx";
import { useHospitalEmergencies } from "./queries.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;
const STEPS = ["publish", "renew", "remove"] as const;
type Step = (typeof STEPS)[number];

/** The key that patients may seal an emergency set to: who keeps it, and how it is made, renewed and taken away. */
export function HospitalKey({ hospital }: { readonly hospital: ListedHospital }) {
  const { t } = useTranslation("card");
  const session = useUnlockedSession();
  const refresh = useRefreshHospitals();
  const [step, setStep] = useState<Step>("publish");
  const key = hospital.listing?.emergency;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, wanted: Step) => {
        const unlocked = required(session);
        if (wanted === "remove") await removeHospitalKey(unlocked, hospital.id, onPhase);
        else await publishHospitalKey(unlocked, hospital.id, { renew: wanted === "renew" }, onPhase);
        await refresh();
      },
      [hospital.id, refresh, session],
    ),
  );
  async function run() {
    if (!(await action.run(step))) return;
    action.reset();
    setStep("publish");
  }
  const words = key === undefined ? "make" : step;
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{t("key.title")}</h2>
      <p className="ck-2 ck-measure">{t("key.what")}</p>
      {key === undefined ? (
        <p>{t("key.none")}</p>
      ) : (
        <ul className="ck-list mb-4" aria-label={t("key.keepers")}>
          {key.keepers.map(({ to }) => (
            <li key={to}>
              <AccountName account={to} />
            </li>
          ))}
        </ul>
      )}
      <SignedAction
        sentence={t(`key.${words}.sentence`)}
        limit={t(`key.${words}.limit`)}
        label={t(`key.${words}.sign`)}
        state={action}
        onRun={() => void run()}
        onReset={action.reset}
        phases={phases}
        stop={step === "remove"}
      >
        {key !== undefined &&
          STEPS.filter((other) => other !== step).map((other) => (
            <button key={other} type="button" className="btn btn-quiet" onClick={() => setStep(other)}>
              {t(`key.${other}.choose`)}
            </button>
          ))}
      </SignedAction>
      {key !== undefined && <OpenEmergencies hospital={hospital.id} />}
    </section>
  );
}

/** What is open at the hospital now, to hand over what patients prepared. */
function OpenEmergencies({ hospital }: { readonly hospital: number }) {
  const { t } = useTranslation("card");
  const { data } = useHospitalEmergencies([hospital]);
  const now = useNow();
  const open = data?.filter((emergency) => isOpen(emergency, now)) ?? [];
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{t("key.open")}</h2>
      {open.length === 0 ? (
        <p className="ck-2">{t("key.noneOpen")}</p>
      ) : (
        <ul className="ck-list" aria-label={t("key.open")}>
          {open.map((emergency) => (
            <li key={emergency.number} className="d-block">
              <EmergencyFacts emergency={emergency} withPatient />
              <HandOver emergency={emergency} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
