import type { HospitalProfile } from "@chartkey/sdk";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { Notice } from "../../components/Notice.tsx";
import { ShowMore } from "../../components/ShowMore.tsx";
import { shortened } from "../../lib/format/shortened.ts";

/** Listed people drawn at once. */
const STEP = 50;

/** The public profile of a hospital: what it says of itself, and who is listed, a part at a time; or that no store has it. */
export function PublicProfile({ profile }: { readonly profile: HospitalProfile | null }) {
  const { t } = useTranslation("registrar");
  const id = useId();
  const [limit, setLimit] = useState(STEP);
  if (!profile)
    return (
      <Notice tone="warn" title={t("profile.title")}>
        {t("noProfile")}
      </Notice>
    );
  const { name, address, contact, emergency, staff } = profile;
  const lines = { name, address, contact } as const;
  const told = (text: string | undefined) =>
    text ? <bdi>{shortened(text)}</bdi> : <span className="ck-2">{t("profile.none")}</span>;
  return (
    <section aria-labelledby={id}>
      <h3 className="h2" id={id}>
        {t("profile.title")}
      </h3>
      <p className="ck-s ck-2 mb-3">{t("profile.text")}</p>
      <dl className="ck-def">
        {(["name", "address", "contact"] as const).map((key) => (
          <div className="ck-def-row" key={key}>
            <dt>{t(`profile.${key}`)}</dt>
            <dd>{told(lines[key])}</dd>
          </div>
        ))}
        <dt>{t("directory")}</dt>
        <dd>
          {staff.length > 0 ? (
            <>
              <ul className="list-unstyled m-0">
                {staff.slice(0, limit).map((member) => (
                  <li key={member.account}>
                    <bdi>{shortened(member.name)}</bdi> <span className="ck-2">{t(`common:role.${member.role}`)}</span>{" "}
                    <Address value={member.account} />
                  </li>
                ))}
              </ul>
              <ShowMore shown={limit} total={staff.length} onMore={() => setLimit(limit + STEP)} />
            </>
          ) : (
            t("nobodyListed")
          )}
        </dd>
        {emergency && (
          <>
            <dt>{t("profile.emergency")}</dt>
            <dd>{t("profile.emergencyText")}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
