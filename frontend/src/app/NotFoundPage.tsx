import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page } from "../components/Page.tsx";

/** For an address that leads nowhere. */
export default function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("notFound.title")} narrow>
      <p className="ck-2 mt-3">{t("notFound.text")}</p>
      <Link className="btn btn-plain" to="/">
        {t("notFound.action")}
      </Link>
    </Page>
  );
}
