import { useTranslation } from "react-i18next";

const grants = [
  { key: "first", initials: "AO", name: "Amara Okafor", lang: undefined, ended: false },
  { key: "second", initials: "TW", name: "Tomasz Wiśniewski", lang: "pl", ended: false },
  { key: "third", initials: "佐", name: "佐藤 葵", lang: "ja", ended: true },
] as const;

/** What a patient's grants look like, said to be an example. */
export function ExampleGrants() {
  const { t } = useTranslation("home");
  return (
    <div>
      <h2 className="ck-s ck-2 fw-normal mb-2">{t("example.title")}</h2>
      <ul className="ck-list">
        {grants.map(({ key, initials, name, lang, ended }) => (
          <li key={key}>
            <span className="ck-av" aria-hidden="true">
              {initials}
            </span>
            <div className="ck-grow">
              <p className="ck-row-title">
                {t("example.doctor")} <bdi lang={lang}>{name}</bdi>
              </p>
              <p className="ck-meta">{t(`example.${key}.what`)}</p>
            </div>
            <span className={`ck-end ck-s ck-nowrap ${ended ? "ck-2" : ""}`}>{t(`example.${key}.left`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
