import { cancellationCost, cancelVisit, type OnPhase, type Visit } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { formatFee } from "../../lib/format/fee.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { visitsKey } from "../../lib/patient/useVisits.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["confirming", "mining"] as const;

/** Cancels a visit: one sentence, one signature. */
export function CancelDialog({ visit, onClose }: { readonly visit: Visit; readonly onClose: () => void }) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: hospitals } = useHospitals();
  const values = {
    name: staffName(hospitals, visit.doctor) ?? shortHex(visit.doctor),
    when: formatVisitTime(visit.start, locale),
  };
  const cost = cancellationCost(visit, useNow(1));
  const paid = { fee: formatFee(visit.feeGwei), cost: formatFee(cost) };
  const price = visit.feeGwei > 0n ? t(cost > 0n ? "cancelDialog.half" : "cancelDialog.free", paid) : null;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const acting = required(session);
        await cancelVisit(acting, visit, onPhase);
        await client.invalidateQueries({ queryKey: visitsKey(acting.chain.id) });
      },
      [client, session, visit],
    ),
  );
  async function cancel() {
    if (!(await action.run())) return;
    void navigate("/patient/visits", { replace: true, state: "cancelled" });
    onClose();
  }
  return (
    <Dialog title={t("cancelDialog.title")} onClose={onClose}>
      <SignedAction
        sentence={<Trans t={t} i18nKey="cancelDialog.sentence" values={values} components={{ b: <strong /> }} />}
        limit={
          <>
            {price && <span className="d-block mb-2">{price}</span>}
            {t("cancelDialog.limit")}
          </>
        }
        label={t("cancelDialog.action")}
        state={action}
        onRun={() => void cancel()}
        onReset={action.reset}
        phases={phases}
        stop
      >
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          {t("cancelDialog.keep")}
        </button>
      </SignedAction>
    </Dialog>
  );
}
