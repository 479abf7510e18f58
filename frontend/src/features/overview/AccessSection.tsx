import { useTranslation } from "react-i18next";
import { AccountName } from "../../components/AccountName.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Time } from "../../components/Time.tsx";
import { categoriesOf } from "../../lib/format/categories.ts";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { grantState } from "../../lib/patient/grants.ts";
import { useGrants } from "../../lib/patient/useGrants.ts";
import { Nothing, Section } from "./Section.tsx";

/** Categories that are named; of more, the number is said. */
const WORDS = 3;

/** Who can read the chart now, and for how long. */
export function AccessSection() {
  const { t } = useTranslation(["overview", "access"]);
  const { data, error, refetch } = useGrants();
  const now = useNow();
  const words = useCategoryWords();
  function right(verb: "reads" | "adds", mask: number): string {
    const count = categoriesOf(mask).length;
    return count > WORDS ? t(`${verb}Number`, { count }) : t(`access:${verb}`, { categories: words(mask) });
  }
  const active = data?.grants.filter((grant) => grantState(grant, now) === "active");
  return (
    <Section title={t("access")} more={{ to: "/patient/access", label: t("manage") }}>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!active && !error && <Loading />}
      {active?.length === 0 && <Nothing>{t("noAccess")}</Nothing>}
      {active && active.length > 0 && (
        <ul className="ck-list">
          {active.map(({ grantee, read, write, expiry }) => (
            <li key={grantee} className="ck-wrap">
              <div className="ck-grow">
                <p className="ck-row-title">
                  <AccountName account={grantee} />
                </p>
                {read > 0 && <p className="ck-meta">{right("reads", read)}</p>}
                {write > 0 && <p className="ck-meta">{right("adds", write)}</p>}
              </div>
              <div className="ck-end ck-s">
                <span className="ck-strong">
                  <Countdown until={expiry} />
                </span>
                <span className="d-block ck-2">
                  {t("until")} <Time seconds={expiry} show="date" />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
