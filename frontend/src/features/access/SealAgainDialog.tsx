import { revokeStrongly, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { Honesty } from "../../components/Honesty.tsx";
import { Removals } from "../../components/Removals.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { shortHex } from "../../lib/format/address.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import type { Grant } from "../../lib/patient/grants.ts";
import { grantsKey } from "../../lib/patient/useGrants.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { VisitStays } from "./VisitStays.tsx";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

/** Two transactions in one row of phases: after the first, which ends the access, everything is sealed again. */
function sealingAfterRevoke(onPhase: OnPhase): OnPhase {
  let uploaded = false;
  return (phase) => {
    uploaded ||= phase === "uploading";
    onPhase(phase === "done" && !uploaded ? "encrypting" : phase);
  };
}

type Report = Awaited<ReturnType<typeof revokeStrongly>>;

/** Ends a doctor's access and seals again what he could open: one signature for the end, one for the new keys. */
export function SealAgainDialog({ grant, onClose }: { readonly grant: Grant; readonly onClose: () => void }) {
  const { t } = useTranslation("access");
  const locale = useLocale();
  const session = useUnlockedSession();
  const client = useQueryClient();
  const refresh = useRefreshChart();
  const { data: hospitals } = useHospitals();
  const [report, setReport] = useState<Report | null>(null);
  const { grantee } = grant;
  const name = staffName(hospitals, grantee) ?? shortHex(grantee);
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const unlocked = required(session);
        const reload = () =>
          Promise.all([client.invalidateQueries({ queryKey: grantsKey(unlocked.chain.id) }), refresh()]);
        setReport(await revokeStrongly(unlocked, grantee, sealingAfterRevoke(onPhase)).finally(reload));
      },
      [client, grantee, refresh, session],
    ),
  );
  if (report) {
    const payloads = report.files.filter(({ kind }) => kind === "payload");
    const sealed = new Set(payloads.map(({ record }) => `${record?.recordId}/${record?.index}`)).size;
    const numbers = { sealed: sealed.toLocaleString(locale), left: report.left.length.toLocaleString(locale) };
    return (
      <Dialog title={t("strong.done")} onClose={onClose}>
        <Removals files={report.files} failedText={t("strong.failed")} sum={t("strong.sum", numbers)} onClose={onClose}>
          {t("strong.doneText")}
          <VisitStays doctor={grantee} />
        </Removals>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("strong.title", { name })} onClose={onClose}>
      <Honesty does={t("strong.does")} cannot={t("strong.cannot")} stays={t("strong.stays")} />
      <SignedAction
        sentence={<Trans t={t} i18nKey="strong.sentence" values={{ name }} components={{ b: <strong /> }} />}
        limit={t("strong.limit")}
        label={t("strong.sign")}
        state={action}
        onRun={() => void action.run()}
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
