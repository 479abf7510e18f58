import type { Share } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { ShareCode } from "../../components/ShareCode.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { keyOf } from "../../lib/chart/items.ts";

interface ShareRowProps {
  readonly share: Share;
  readonly title: string;
  readonly name: string;
  /** Left out for a share that has ended. */
  readonly onWithdraw?: () => void;
}

/** One shared entry: what, with whom, until when, and its text to send again. */
export function ShareRow({ share, title, name, onWithdraw }: ShareRowProps) {
  const { t } = useTranslation("access");
  const { record, to, until, withdrawn, code } = share;
  return (
    <li className="ck-wrap">
      <div className="ck-grow">
        <p className="ck-row-title">
          <Link to={`/patient/chart/${keyOf(record)}`}>
            <bdi>{title}</bdi>
          </Link>
        </p>
        <p className="ck-meta">
          {t("shares.with")} <AccountName account={to} />
        </p>
        {onWithdraw && (
          <details className="ck-raw mt-2">
            <summary>{t("shares.text")}</summary>
            <ShareCode code={code} />
          </details>
        )}
      </div>
      <div className="ck-end ck-s">
        {withdrawn ? (
          <StatusBadge tone="plain">{t("shares.state")}</StatusBadge>
        ) : (
          <span className="ck-strong">
            <Countdown until={until} />
          </span>
        )}
        <span className="d-block ck-2">
          {t("until")} <Time seconds={until} show="short" />
        </span>
        {onWithdraw && (
          <button
            type="button"
            className="btn btn-plain btn-sm mt-2"
            aria-label={t("shares.withdrawOne", { title, name })}
            onClick={onWithdraw}
          >
            {t("shares.withdraw")}
          </button>
        )}
      </div>
    </li>
  );
}
