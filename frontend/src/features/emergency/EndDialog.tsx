import { endEmergency, type Emergency, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { emergenciesKey } from "../../lib/patient/useEmergencies.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "confirming", "mining"] as const;

/** Ends a doctor's emergency access: one sentence, one signature. */
export function EndDialog({ emergency, onClose }: { readonly emergency: Emergency; readonly onClose: () => void }) {
  const { t } = useTranslation("emergency");
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: hospitals } = useHospitals();
  const { doctor } = emergency;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const acting = required(session);
        await endEmergency(acting, doctor, onPhase);
        await client.invalidateQueries({ queryKey: emergenciesKey(acting.chain.id) });
      },
      [client, doctor, session],
    ),
  );
  async function end() {
    if (!(await action.run())) return;
    void navigate("/patient/emergencies", { replace: true, state: "ended" });
    onClose();
  }
  const values = { name: staffName(hospitals, doctor) ?? shortHex(doctor) };
  return (
    <Dialog title={t("end.title")} onClose={onClose}>
      <SignedAction
        sentence={<Trans t={t} i18nKey="end.sentence" values={values} components={{ b: <strong /> }} />}
        limit={t("end.limit")}
        label={t("end.sign")}
        state={action}
        onRun={() => void end()}
        onReset={action.reset}
        phases={phases}
        stop
      >
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          {t("cancel")}
        </button>
      </SignedAction>
    </Dialog>
  );
}
