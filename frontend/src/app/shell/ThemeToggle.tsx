import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { setTheme, useTheme } from "../../lib/theme/theme.ts";

/** Switches between light and dark. */
export function ThemeToggle() {
  const { t } = useTranslation();
  const theme = useTheme();
  const next = theme === "dark" ? "light" : "dark";
  return (
    <button type="button" className="ck-icon-btn" onClick={() => setTheme(next)} aria-label={t(`theme.${next}`)}>
      <Icon name="circleHalf" />
    </button>
  );
}
