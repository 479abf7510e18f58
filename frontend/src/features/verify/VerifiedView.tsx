import type { VerifiedOrder } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { EndTime } from "../../components/EndTime.tsx";
import { Notice } from "../../components/Notice.tsx";
import { OrderStateBadge } from "../../components/OrderStateBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** What anybody may know of a prescription, and what this does not say. */
export function VerifiedView({ verified }: { readonly verified: VerifiedOrder }) {
  const { t } = useTranslation(["verify", "specialities"]);
  const locale = useLocale();
  const { state, prescriber, hospital, issued, expiry, counts, blockNumber } = verified;
  return (
    <section aria-label={t("result")} role="status">
      <div className="mt-4">
        <OrderStateBadge state={state} />
      </div>
      <h2 className="mt-2">{t(`state.${state}`)}</h2>
      <dl className="ck-def mt-4">
        <dt>{t("by")}</dt>
        <dd>
          {prescriber.name ? <bdi>{prescriber.name}</bdi> : t("unlisted")}
          {prescriber.speciality !== 0 && `${t("common:comma")}${t(`specialities:${prescriber.speciality}`)}`}
          <span className="d-block ck-meta">
            <Address value={prescriber.account} />
          </span>
          {!prescriber.isActive && <span className="d-block ck-meta">{t("inactive")}</span>}
        </dd>
        <dt>{t("hospital")}</dt>
        <dd>
          <bdi>{hospital.name ?? t("common:standing.hospital", { id: hospital.id })}</bdi>
          <span className="d-block ck-meta">{t(`common:standing.accredited.${hospital.accreditation}`)}</span>
        </dd>
        <dt>{t("issued")}</dt>
        <dd>
          <Time seconds={issued} />
          <span className="d-block ck-meta">{t("block", { number: blockNumber.toLocaleString(locale) })}</span>
        </dd>
        <dt>{t("until")}</dt>
        <dd>
          <EndTime seconds={expiry} />
        </dd>
        <dt>{t("left")}</dt>
        <dd>
          {counts.map(({ prescribed, remaining }, place) => (
            <span className="d-block" key={place}>
              {t("count", {
                number: (place + 1).toLocaleString(locale),
                left: remaining.toLocaleString(locale),
                all: prescribed.toLocaleString(locale),
              })}
            </span>
          ))}
        </dd>
      </dl>
      <Notice className="mt-4">{t("limit")}</Notice>
    </section>
  );
}
