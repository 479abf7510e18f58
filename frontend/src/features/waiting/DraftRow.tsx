import type { KeptDraft } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { AccountName } from "../../components/AccountName.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useIsOwnChart } from "./useIsOwnChart.ts";
import { useDraftTitle } from "./useDraftTitle.ts";

interface DraftRowProps {
  readonly draft: KeptDraft;
  readonly onSend: () => void;
  readonly onGiveUp: () => void;
}

const looks = {
  unsent: { tone: "wait", icon: "exclamationTriangle" },
  sent: { tone: "wait", icon: "hourglassSplit" },
  anchored: { tone: "ok", icon: "check2All" },
} as const;

/** One entry that waits: what, for whose chart, since when, how it stands, and what can be done. */
export function DraftRow({ draft, onSend, onGiveUp }: DraftRowProps) {
  const { t } = useTranslation("waiting");
  const title = useDraftTitle(draft);
  const own = useIsOwnChart()(draft);
  const { patient, begun, state } = draft;
  return (
    <li className="ck-wrap">
      <div className="ck-grow">
        <p className="ck-row-title">{title}</p>
        <p className="ck-meta">
          {own ? (
            t("ownChart")
          ) : (
            <>
              {t("chartOf")} <AccountName account={patient} />
            </>
          )}{" "}
          · <Time seconds={begun} show="short" />
        </p>
        <StatusBadge {...looks[state]}>{t(`state.${state}`)}</StatusBadge>
        <p className="ck-meta ck-measure">{t(`means.${state}`)}</p>
      </div>
      {state !== "anchored" && (
        <div className="ck-actions">
          <button type="button" className="btn btn-plain btn-sm" onClick={onSend}>
            {t("send.open")}
            <span className="visually-hidden">: {title}</span>
          </button>
          <button type="button" className="btn btn-plain btn-sm" onClick={onGiveUp}>
            {t("giveUp.open")}
            <span className="visually-hidden">: {title}</span>
          </button>
        </div>
      )}
    </li>
  );
}
