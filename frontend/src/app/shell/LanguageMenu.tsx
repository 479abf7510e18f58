import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { Menu } from "../../components/Menu.tsx";
import { setLanguage } from "../../lib/i18n/i18n.ts";
import { languages } from "../../lib/i18n/languages.ts";

/** Chooses the language; each is named in itself. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <Menu button={<Icon name="translate" />} label={t("language.label")}>
      <ul className="ck-menu-list">
        {languages.map(({ code, name, dir }) => (
          <li key={code}>
            <button
              type="button"
              className="dropdown-item"
              lang={code}
              dir={dir}
              aria-current={i18n.language === code ? "true" : undefined}
              onClick={() => void setLanguage(code)}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </Menu>
  );
}
