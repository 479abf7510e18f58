import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { Icon } from "../../components/Icon.tsx";
import { MoreTab } from "./MoreTab.tsx";
import { NavCount } from "./NavCount.tsx";
import { useNavigation } from "./useNavigation.ts";

/** The places of the role, at the bottom of narrow screens. */
export function TabBar() {
  const { t } = useTranslation();
  const items = useNavigation();
  const more = items.filter((item) => item.more);
  return (
    <nav className="ck-bottom" aria-label={t("nav.narrow")}>
      {items
        .filter((item) => !item.more)
        .map(({ to, label, icon, end, counts }) => (
          <NavLink key={to} className="ck-tab" to={to} end={end ?? false}>
            <Icon name={icon} />
            {t(`nav.${label}`)}
            {counts && <NavCount of={[counts]} />}
          </NavLink>
        ))}
      {more.length > 0 && <MoreTab items={more} />}
    </nav>
  );
}
