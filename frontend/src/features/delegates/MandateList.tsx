import type { Mandate } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { AccountName } from "../../components/AccountName.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { useActionWords } from "./queries.ts";

export interface MandateListProps {
  readonly mandates: readonly Mandate[];
  readonly onEnd: (mandate: Mandate) => void;
}

/** Mandates in words: who, what, until when, and whether they count. */
export function MandateList({ mandates, onEnd }: MandateListProps) {
  const { t } = useTranslation("delegates");
  const words = useActionWords();
  const now = useNow();
  return (
    <ul className="ck-list mt-4" aria-label={t("title")}>
      {mandates.map((mandate) => {
        const { delegate, actions, expiry, inForce } = mandate;
        const over = now >= expiry;
        return (
          <li key={delegate} className="ck-wrap">
            <div className="ck-grow">
              <p className="ck-row-title">
                <AccountName account={delegate} />
              </p>
              <p className="ck-meta">{t("may", { actions: words(actions) })}</p>
            </div>
            <div className="ck-end ck-s">
              {over || inForce ? (
                <span className="ck-strong">
                  <Countdown until={expiry} />
                </span>
              ) : (
                <StatusBadge tone="plain">{t("succeeded")}</StatusBadge>
              )}
              <span className="d-block ck-2">
                {t("until")} <Time seconds={expiry} show="short" />
              </span>
              <button
                type="button"
                className="btn btn-plain btn-sm mt-2"
                aria-label={t("removeOne", { name: shortHex(delegate) })}
                onClick={() => onEnd(mandate)}
              >
                {t("remove")}
              </button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
