import { rescheduleVisit, type FreeSlot, type OnPhase, type Visit } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { GAP } from "../../lib/format/gap.ts";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { visitsKey } from "../../lib/patient/useVisits.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { SlotPicker } from "./SlotPicker.tsx";
import { useFreeSlots } from "./useFreeSlots.ts";

const phases = ["confirming", "mining"] as const;

/** Moves a visit to another time of the same doctor: one sentence, one signature. */
export function MoveDialog({ visit, onClose }: { readonly visit: Visit; readonly onClose: () => void }) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: hospitals } = useHospitals();
  const free = useFreeSlots({ hospital: visit.hospital, account: visit.doctor });
  const [picked, setPicked] = useState<number | null>(null);
  // A time that was taken meanwhile is no choice.
  const slot = free.data?.find(({ start }) => start === picked) ?? null;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, to: FreeSlot) => {
        const acting = required(session);
        await rescheduleVisit(acting, visit, to, onPhase);
        await client.invalidateQueries({ queryKey: visitsKey(acting.chain.id) });
      },
      [client, session, visit],
    ),
  );
  async function move() {
    if (!slot || !(await action.run(slot))) return;
    void navigate("/patient/visits", { replace: true, state: "moved" });
    onClose();
  }
  function reset() {
    void free.refetch();
    action.reset();
  }
  const values = {
    name: staffName(hospitals, visit.doctor) ?? shortHex(visit.doctor),
    when: formatVisitTime(visit.start, locale),
    to: slot ? formatVisitTime(slot.start, locale) : GAP,
  };
  return (
    <Dialog title={t("moveDialog.title")} onClose={onClose}>
      <div className="d-grid gap-4">
        {free.error && <ErrorNotice error={free.error} actions={{ retry: () => void free.refetch() }} />}
        {free.isLoading && <Loading what={t("form.searching")} />}
        {free.data?.length === 0 && <p className="ck-2 mb-0">{t("form.noSlots")}</p>}
        {free.data && free.data.length > 0 && (
          <SlotPicker slots={free.data} value={slot} onChange={({ start }) => setPicked(start)} />
        )}
        <SignedAction
          sentence={<Trans t={t} i18nKey="moveDialog.sentence" values={values} components={{ b: <strong /> }} />}
          limit={t(visit.feeGwei > 0n ? "moveDialog.limit" : "moveDialog.limitFree")}
          label={t("moveDialog.action")}
          state={action}
          onRun={() => void move()}
          onReset={reset}
          phases={phases}
          blocked={slot ? undefined : t("missing.time")}
        >
          <button type="button" className="btn btn-quiet" onClick={onClose}>
            {t("moveDialog.keep")}
          </button>
        </SignedAction>
      </div>
    </Dialog>
  );
}
