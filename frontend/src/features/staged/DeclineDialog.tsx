import { ChartkeyError, declineStaged, forgetInvitation, type Invitation } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { stagedKey } from "../../lib/patient/useStaged.ts";
import { keepInvitation } from "../../lib/session/invitation.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { thisApp } from "../../lib/session/stores.ts";
import { useAction } from "../../lib/session/useAction.ts";

interface DeclineDialogProps {
  readonly invitation: Invitation;
  readonly onClose: () => void;
  readonly onDeclined: () => void;
}

/** Declines what was prepared: no signature, the stores remove it. */
export function DeclineDialog({ invitation, onClose, onDeclined }: DeclineDialogProps) {
  const { t } = useTranslation("staged");
  const session = useUnlockedSession();
  const client = useQueryClient();
  const { run, running, error } = useAction(async () => {
    const unlocked = required(session);
    const files = await declineStaged(unlocked, invitation, thisApp());
    const failed = files.find(({ outcome }) => outcome === "failed");
    // It stays listed: asking again is safe.
    if (failed) throw failed.problem ?? new ChartkeyError("STORE_REFUSED", t("failed"));
    await forgetInvitation(unlocked, invitation);
    keepInvitation(null);
    onDeclined();
    onClose();
    await client.invalidateQueries({ queryKey: stagedKey(unlocked.chain.id) });
  });
  return (
    <Dialog
      title={t("declineTitle")}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn btn-stop" disabled={running} onClick={() => void run()}>
            {t("declineAction")}
          </button>
          <button type="button" className="btn btn-quiet" onClick={onClose}>
            {t("cancel")}
          </button>
        </>
      }
    >
      <p>{t("declineText")}</p>
      {error !== null && <ErrorNotice error={error} form={false} actions={{ retry: () => void run() }} />}
    </Dialog>
  );
}
