import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "../../components/Icon.tsx";
import type { IconName } from "../../components/icons.ts";

const doors: readonly { readonly key: string; readonly to: string; readonly icon: IconName }[] = [
  { key: "patient", to: "/patient", icon: "personHearts" },
  { key: "doctor", to: "/doctor", icon: "clipboardPulse" },
  { key: "pharmacist", to: "/pharmacist", icon: "capsule" },
  { key: "hospital", to: "/hospital", icon: "hospital" },
  { key: "create", to: "/hospital/new", icon: "hospital" },
  { key: "claim", to: "/claim", icon: "personHearts" },
  { key: "registrar", to: "/registrar", icon: "patchCheck" },
  { key: "audit", to: "/audit", icon: "journalCheck" },
];

/** The way in for each kind of person. */
export function Doors() {
  const { t } = useTranslation("home");
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{t("doors.title")}</h2>
      <ul className="ck-list">
        {doors.map(({ key, to, icon }) => (
          <li key={key} className="align-items-center ck-door">
            <span className="ck-2 fs-5 lh-1">
              <Icon name={icon} />
            </span>
            <div className="ck-grow">
              <p className="ck-row-title">
                <Link className="stretched-link" to={to}>
                  {t(`doors.${key}.what`)}
                </Link>
              </p>
              <p className="ck-meta">{t(`doors.${key}.who`)}</p>
            </div>
            <span className="ck-2">
              <Icon name="chevronRight" directional />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
