import { leaveHospital, readHospital } from "@chartkey/sdk";
import { Trans, useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { hospitalName, useHospitals, useRefreshHospitals } from "../../lib/hospitals/useHospitals.ts";
import type { Standing } from "../../lib/roles/roles.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["confirming", "mining"] as const;

/** Whether the contract lets the account leave: staff who are suspended stay so, and administrators resign elsewhere. */
export function mayLeave({ role, status }: Standing): boolean {
  if (role === "hospital" || role === "registrar") return false;
  return status === "requested" || status === "active" || (status === "suspended" && role === "patient");
}

interface LeaveDialogProps {
  readonly standing: Standing;
  /** The hospital's number. */
  readonly id: number;
  readonly onClose: () => void;
}

/** Leaves a hospital, or withdraws a request: one sentence, one signature. */
export function LeaveDialog({ standing, id, onClose }: LeaveDialogProps) {
  const { t } = useTranslation();
  const session = useSession();
  const refresh = useRefreshHospitals();
  const { data: hospitals } = useHospitals();
  const { run, reset, ...state } = useAction(async (onPhase) => {
    const acting = required(session);
    await leaveHospital(acting, await readHospital(acting.chain, id), onPhase);
    await refresh();
    onClose();
  });
  const asked = standing.status === "requested";
  const name = hospitalName(hospitals, id) ?? t("standing.hospital", { id });
  const limit = asked ? "withdrawLimit" : standing.role === "patient" ? "patientLimit" : "staffLimit";
  return (
    <Dialog title={t(asked ? "standing.leave.withdrawTitle" : "standing.leave.title", { name })} onClose={onClose}>
      <SignedAction
        sentence={
          <Trans
            t={t}
            i18nKey={asked ? "standing.leave.withdrawSentence" : "standing.leave.sentence"}
            values={{ name }}
            components={{ b: <strong /> }}
          />
        }
        limit={t(`standing.leave.${limit}`)}
        label={t(asked ? "standing.leave.withdrawSign" : "standing.leave.sign")}
        state={state}
        onRun={() => void run()}
        onReset={reset}
        phases={phases}
        stop
      >
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          {t("standing.leave.keep")}
        </button>
      </SignedAction>
    </Dialog>
  );
}
