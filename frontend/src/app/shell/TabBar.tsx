import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { Icon } from "../../components/Icon.tsx";
import { NavCount } from "./NavCount.tsx";
import { useNavigation } from "./useNavigation.ts";

/** The places of the role, at the bottom of narrow screens. */
export function TabBar() {
  const { t } = useTranslation();
  const items = useNavigation().filter(({ wide }) => !wide);
  return (
    <nav className="ck-bottom" aria-label={t("nav.narrow")}>
      {items.map(({ to, label, icon, end, counts }) => (
        <NavLink key={to} to={to} end={end ?? false}>
          <Icon name={icon} />
          {t(`nav.${label}`)}
          {counts && <NavCount />}
        </NavLink>
      ))}
    </nav>
  );
}
