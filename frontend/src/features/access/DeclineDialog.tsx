import { forgetAccessRequests, type AccessRequest } from "@chartkey/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { requestsKey } from "../../lib/patient/useAccessRequests.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";

interface DeclineDialogProps {
  readonly request: AccessRequest;
  readonly onClose: () => void;
}

/** Leaves a request unanswered for good: it is taken out of the stores, and nothing is signed. */
export function DeclineDialog({ request: { doctor }, onClose }: DeclineDialogProps) {
  const { t } = useTranslation("access");
  const session = useUnlockedSession();
  const client = useQueryClient();
  const { data: hospitals } = useHospitals();
  const name = staffName(hospitals, doctor) ?? shortHex(doctor);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async () => {
      const unlocked = required(session);
      await forgetAccessRequests(unlocked, doctor);
      await client.invalidateQueries({ queryKey: requestsKey(unlocked.chain.id) });
    },
    onSuccess: onClose,
  });
  return (
    <Dialog title={t("requests.declineTitle", { name })} onClose={onClose}>
      <p>{t("requests.declineText")}</p>
      {error && <ErrorNotice error={error} actions={{ retry: () => mutate(), back: reset }} />}
      <div className="ck-actions mt-3">
        <button type="button" className="btn btn-primary" disabled={isPending} onClick={() => mutate()}>
          {t("requests.declineDo")}
        </button>
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          {t("requests.keep")}
        </button>
      </div>
    </Dialog>
  );
}
