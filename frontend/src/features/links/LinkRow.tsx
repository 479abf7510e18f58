import type { OwnHealthLink } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Countdown } from "../../components/Countdown.tsx";
import { EndTime } from "../../components/EndTime.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";

interface LinkRowProps {
  readonly link: OwnHealthLink;
  readonly onShow: () => void;
  readonly onRenew: () => void;
  readonly onEnd: () => void;
}

/** One link: its state, until when, who said to have opened it, what it opens from now on, and its end. */
export function LinkRow({ link, onShow, onRenew, onEnd }: LinkRowProps) {
  const { t } = useTranslation("links");
  const { label, state, exp, uses, maxUses, passcode, remainingAttempts, openings, text, renewable, renewed } = link;
  const title = label ?? t("list.noLabel");
  const isOpen = state === "open";
  return (
    <li className="ck-wrap">
      <div className="ck-grow">
        <p className="ck-row-title">
          <bdi>{title}</bdi>
        </p>
        <p className="ck-meta">
          {t("list.openedOf", { count: uses, most: maxUses })}
          {passcode && isOpen && ` · ${t("list.tries", { count: remainingAttempts })}`}
        </p>
        {renewed !== undefined && (
          <p className="ck-meta">
            {t("list.renewed")} <Time seconds={renewed} />
          </p>
        )}
        {openings.length > 0 && (
          <details className="ck-raw mt-2">
            <summary>{t("list.who")}</summary>
            <p className="ck-s ck-2">{t("list.whoText")}</p>
            <ul className="ck-s">
              {openings.toReversed().map(({ time, recipient }, place) => (
                <li key={place}>
                  <bdi>{recipient}</bdi> · <Time seconds={time} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <div className="ck-end ck-s">
        {isOpen ? (
          <span className="ck-strong">
            <Countdown until={exp} />
          </span>
        ) : (
          <StatusBadge tone={state === "locked" ? "bad" : "plain"}>{t(`state.${state}`)}</StatusBadge>
        )}
        <span className="d-block ck-2">
          {t("list.until")} <EndTime seconds={exp} />
        </span>
        {isOpen && (
          <span className="d-flex flex-wrap gap-2 mt-2 justify-content-sm-end">
            {text !== undefined && (
              <button
                type="button"
                className="btn btn-plain btn-sm"
                aria-label={t("list.showOne", { title })}
                onClick={onShow}
              >
                {t("list.show")}
              </button>
            )}
            {renewable && text !== undefined && (
              <button
                type="button"
                className="btn btn-plain btn-sm"
                aria-label={t("list.renewOne", { title })}
                onClick={onRenew}
              >
                {t("list.renew")}
              </button>
            )}
            <button
              type="button"
              className="btn btn-plain btn-sm"
              aria-label={t("list.endOne", { title })}
              onClick={onEnd}
            >
              {t("list.end")}
            </button>
          </span>
        )}
      </div>
    </li>
  );
}
