import { removeDelegate, resignMandate, type Mandate, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Address } from "../../components/Address.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { actFor } from "../../lib/acting/acting.ts";
import { actingKey } from "../../lib/acting/useTies.ts";
import { shortHex } from "../../lib/format/address.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "confirming", "mining"] as const;

export interface RemoveDialogProps {
  readonly mandate: Mandate;
  readonly onClose: () => void;
  /** The delegate himself gives it back. */
  readonly own?: boolean;
}

/** Ends a mandate, as the patient or as the delegate: one sentence, one signature. */
export function RemoveDialog({ mandate: { patient, delegate }, onClose, own = false }: RemoveDialogProps) {
  const { t } = useTranslation("delegates");
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const verb = own ? "resignDialog" : "removeDialog";
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const acting = required(session);
        const refresh = () => client.invalidateQueries({ queryKey: actingKey(acting.chain.id) });
        const ending = own ? resignMandate(acting, patient, onPhase) : removeDelegate(acting, delegate, onPhase);
        // Also when there was nothing to end: then the list is old.
        await ending.finally(refresh);
      },
      [client, delegate, own, patient, session],
    ),
  );
  async function end() {
    if (!(await action.run())) return;
    onClose();
    if (own) actFor(null);
    void navigate(own ? "/" : "/patient/people", { replace: true, state: "removed" });
  }
  const values = { name: shortHex(own ? patient : delegate) };
  return (
    <Dialog title={t(`${verb}.title`)} onClose={onClose}>
      <div className="ck-fields">
        <Address value={own ? patient : delegate} full />
        <SignedAction
          sentence={<Trans t={t} i18nKey={`${verb}.sentence`} values={values} components={{ b: <strong /> }} />}
          limit={t(`${verb}.limit`)}
          label={t(`${verb}.sign`)}
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
      </div>
    </Dialog>
  );
}
