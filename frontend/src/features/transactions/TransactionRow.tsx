import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import type { Sent } from "../../lib/sent/useSent.ts";
import { useSentWords } from "../../lib/sent/useSentWords.ts";

const looks = {
  waiting: { tone: "wait", icon: "hourglassSplit" },
  mined: { tone: "ok", icon: "checkCircle" },
  failed: { tone: "bad", icon: "xCircle" },
  replaced: { tone: "wait", icon: "exclamationTriangle" },
  dropped: { tone: "wait", icon: "exclamationTriangle" },
} as const;

/** Calls that say in a word of their own what they have to do with whom they are about. */
const relations = ["grant", "revoke", "book"] as const;

/** One transaction: what it was to do, when it was sent, how it stands and what that means. */
export function TransactionRow({ transaction, state }: Sent) {
  const { t } = useTranslation("transactions");
  const words = useSentWords()(transaction, state);
  const { about, functionName, at, hash, outcome } = transaction;
  const isOnChain = state === "mined" || state === "failed";
  return (
    <li className="ck-wrap">
      <div className="ck-grow">
        <p className="ck-row-title">{words}</p>
        {about && (
          <p className="ck-meta">
            {t(`about.${relations.find((one) => one === functionName) ?? "other"}`)} <AccountName account={about} />
          </p>
        )}
        <p className="ck-meta">
          <Time seconds={at} show="short" />
          {outcome?.block !== undefined && <> · {t("block", { number: outcome.block })}</>}
        </p>
        {state === undefined ? (
          <StatusBadge tone="wait">{t("asking")}</StatusBadge>
        ) : (
          <>
            <StatusBadge {...looks[state]}>{t(`state.${state}`)}</StatusBadge>
            {state !== "mined" && <p className="ck-meta ck-measure">{t(`means.${state}`)}</p>}
          </>
        )}
      </div>
      {isOnChain && (
        <div className="ck-actions">
          <Link className="btn btn-plain btn-sm" to={`/audit/tx/${hash}`}>
            {t("open")}
            <span className="visually-hidden">: {words}</span>
          </Link>
        </div>
      )}
    </li>
  );
}
