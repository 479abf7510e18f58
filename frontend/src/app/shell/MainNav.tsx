import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { NavCount } from "./NavCount.tsx";
import { useNavigation } from "./useNavigation.ts";

/** The places of the role, in the header of wide screens. */
export function MainNav() {
  const { t } = useTranslation();
  const items = useNavigation();
  return (
    <nav className="ck-nav-wide" aria-label={t("nav.main")}>
      <ul className="ck-nav">
        {items.map(({ to, label, end, counts }) => (
          <li key={to}>
            <NavLink to={to} end={end ?? false}>
              {t(`nav.${label}`)}
              {counts && <NavCount of={[counts]} />}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
