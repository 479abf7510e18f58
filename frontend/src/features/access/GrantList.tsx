import { useTranslation } from "react-i18next";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { grantState, type Grant } from "../../lib/patient/grants.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";

export interface GrantListProps {
  readonly label: string;
  readonly grants: readonly Grant[];
  /** Left out for whoever may not end an access. */
  readonly onEnd?: (grant: Grant) => void;
  /** Left out for whoever has no key of the chart. */
  readonly onSealAgain?: (grant: Grant) => void;
}

/** Grants in words: who, what, until when, and whether they count. */
export function GrantList({ label, grants, onEnd, onSealAgain }: GrantListProps) {
  const { t } = useTranslation("access");
  const { data: hospitals } = useHospitals();
  const words = useCategoryWords();
  const now = useNow();
  return (
    <ul className="ck-list" aria-label={label}>
      {grants.map((grant) => {
        const { grantee, hospital, read, write, expiry, withKeys } = grant;
        const state = grantState(grant, now);
        const name = staffName(hospitals, grantee) ?? shortHex(grantee);
        return (
          <li key={grantee} className="ck-wrap">
            <div className="ck-grow">
              <p className="ck-row-title">
                <AccountName account={grantee} />
              </p>
              <p className="ck-meta">
                <HospitalName id={hospital} />
              </p>
              {read > 0 && <p className="ck-meta">{t("reads", { categories: words(read) })}</p>}
              {write > 0 && <p className="ck-meta">{t("adds", { categories: words(write) })}</p>}
              {read > 0 && !withKeys && state !== "ended" && <p className="ck-meta">{t("withoutKeys")}</p>}
            </div>
            <div className="ck-end ck-s">
              {state === "suspended" ? (
                <StatusBadge tone="bad">{t("state.suspended")}</StatusBadge>
              ) : (
                <span className="ck-strong">
                  <Countdown until={expiry} />
                </span>
              )}
              <span className="d-block ck-2">
                {t("until")} <Time seconds={expiry} show="short" />
              </span>
              <span className="d-inline-flex flex-wrap gap-2 mt-2">
                {onEnd && state !== "ended" && (
                  <button
                    type="button"
                    className="btn btn-plain btn-sm"
                    aria-label={t("endOne", { name })}
                    onClick={() => onEnd(grant)}
                  >
                    {t("end")}
                  </button>
                )}
                {onSealAgain && (
                  <button
                    type="button"
                    className="btn btn-quiet btn-sm"
                    aria-label={t("strong.one", { name })}
                    onClick={() => onSealAgain(grant)}
                  >
                    {t("strong.action")}
                  </button>
                )}
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
