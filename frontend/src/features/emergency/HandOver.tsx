import { accountOf, handOver, isOpen, sameAddress, type Emergency, type OnPhase } from "@chartkey/sdk";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Notice } from "../../components/Notice.tsx";
import { TxPhases } from "../../components/TxPhases.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { useHospital } from "../../lib/hospitals/useHospitals.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { useSetAt } from "./cardQueries.ts";

const phases = ["checking", "encrypting", "uploading"] as const;

/** Hands what the patient prepared to the doctor of an open emergency: one click, no transaction. */
export function HandOver({ emergency }: { readonly emergency: Emergency }) {
  const { t } = useTranslation("card");
  const session = useUnlockedSession();
  const now = useNow();
  const { data, error, refetch } = useSetAt(emergency);
  const [done, setDone] = useState(false);
  const { hospital, number } = emergency;
  const { data: at } = useHospital(hospital);
  const own = session && accountOf(session);
  const isKeeper = at?.listing?.emergency?.keepers.some(({ to }) => own && sameAddress(to, own)) ?? false;
  const action = useAction(
    useCallback(
      (onPhase: OnPhase) => handOver(required(session), { hospital, number }, onPhase),
      [hospital, number, session],
    ),
  );
  if (!isOpen(emergency, now)) return null;
  if (at && !isKeeper) return <p className="ck-2 mt-2 mb-0">{t("handOver.notKeeper")}</p>;
  if (error) return <ErrorNotice error={error} form={false} actions={{ retry: () => void refetch() }} />;
  if (data === false) return <p className="ck-2 mt-2 mb-0">{t("handOver.none")}</p>;
  if (data === undefined) return null;
  return (
    <div className="d-grid gap-3 mt-3">
      {done && !action.running && (
        <Notice icon="checkCircle" live="status">
          {t("handOver.done")}
        </Notice>
      )}
      {action.error !== null && (
        <ErrorNotice
          error={action.error}
          form={false}
          actions={{ retry: () => void action.run(), back: action.reset }}
        />
      )}
      {action.running ? (
        <TxPhases current={action.phase ?? "checking"} phases={phases} />
      ) : (
        <div>
          <button
            type="button"
            className="btn btn-primary"
            onClick={() => void action.run().then((worked) => setDone(worked))}
          >
            {t("handOver.action")}
          </button>
          <p className="ck-s ck-2 mt-2 mb-0">{t("handOver.what")}</p>
        </div>
      )}
    </div>
  );
}
