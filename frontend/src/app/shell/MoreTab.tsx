import { useTranslation } from "react-i18next";
import { NavLink, useLocation } from "react-router";
import { Icon } from "../../components/Icon.tsx";
import { Menu } from "../../components/Menu.tsx";
import type { NavItem } from "../../routes/navigation.ts";
import { NavCount } from "./NavCount.tsx";

/** Opens the places that the bar of narrow screens has no room for, and says of them what they would say. */
export function MoreTab({ items }: { readonly items: readonly NavItem[] }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const button = (
    <>
      <Icon name="chevronExpand" />
      {t("nav.more")}
      <NavCount of={items.flatMap(({ counts }) => counts ?? [])} />
    </>
  );
  return (
    <Menu button={button} className={items.some(({ to }) => pathname.startsWith(to)) ? "ck-tab is-current" : "ck-tab"}>
      <ul className="ck-menu-list">
        {items.map(({ to, label, counts }) => (
          <li key={to}>
            <NavLink className="dropdown-item" to={to}>
              {t(`nav.${label}`)}
              {counts && <NavCount of={[counts]} />}
            </NavLink>
          </li>
        ))}
      </ul>
    </Menu>
  );
}
