import { revokeAccess, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { shortHex } from "../../lib/format/address.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import type { Grant } from "../../lib/patient/grants.ts";
import { grantsKey } from "../../lib/patient/useGrants.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import type { Done } from "./done.ts";
import { VisitStays } from "./VisitStays.tsx";

const phases = ["checking", "confirming", "mining"] as const;

/** Ends a doctor's access: one sentence, one signature. */
export function RevokeDialog({ grant, onClose }: { readonly grant: Grant; readonly onClose: () => void }) {
  const { t } = useTranslation("access");
  const session = useSession();
  const patient = usePatientAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: hospitals } = useHospitals();
  const { grantee } = grant;
  const name = staffName(hospitals, grantee) ?? shortHex(grantee);
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const { chain, ...rest } = required(session);
        const refresh = () => client.invalidateQueries({ queryKey: grantsKey(chain.id) });
        // Also when there was nothing to end: then the list is old.
        await revokeAccess({ chain, ...rest }, grantee, onPhase).finally(refresh);
      },
      [client, grantee, session],
    ),
  );
  async function end() {
    if (!patient || !(await action.run())) return;
    void navigate("/patient/access", { replace: true, state: { done: "ended", grantee, patient } satisfies Done });
    onClose();
  }
  return (
    <Dialog title={t("revoke.title", { name })} onClose={onClose}>
      <SignedAction
        sentence={<Trans t={t} i18nKey="revoke.sentence" values={{ name }} components={{ b: <strong /> }} />}
        limit={
          <>
            {t("revoke.limit")}
            <VisitStays doctor={grantee} />
          </>
        }
        label={t("revoke.action")}
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
