import type { DelegateAct } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { Time } from "../../components/Time.tsx";

/** What others did with the patient's consent, newest first. */
export function ActList({ acts }: { readonly acts: readonly DelegateAct[] }) {
  const { t } = useTranslation("delegates");
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{t("acts.title")}</h2>
      <ul className="ck-list" aria-label={t("acts.title")}>
        {acts.map(({ delegate, actions, time, transactionHash }) => (
          <li key={transactionHash} className="ck-wrap">
            <div className="ck-grow">
              <p className="ck-row-title">
                <AccountName account={delegate} />
              </p>
              <p className="ck-meta">{t(actions.length > 1 ? "acts.replaced" : `acts.${actions[0] ?? "grant"}`)}</p>
            </div>
            <div className="ck-end ck-s">
              <Time seconds={time} show="short" />
              <Link className="d-block" to={`/audit/tx/${transactionHash}`}>
                {t("acts.see")}
              </Link>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
