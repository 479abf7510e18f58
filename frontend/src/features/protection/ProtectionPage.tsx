import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";

const protects = ["encryption", "consent", "fingerprint", "ledger", "audit"] as const;
const limits = ["revocation", "views", "pseudonyms", "recovery", "operator", "truth", "device"] as const;

/** What Chartkey does for a person, and where that ends. */
export default function ProtectionPage() {
  const { t } = useTranslation("protection");
  const list = (side: "protects" | "limits", keys: readonly string[]) => (
    <dl className="ck-claims">
      {keys.map((key) => (
        <div key={key}>
          <dt>{t(`${side}.${key}.title`)}</dt>
          <dd>{t(`${side}.${key}.text`)}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <Page title={t("title")}>
      <p className="ck-2 mt-2 ck-measure">{t("lead")}</p>
      <div className="ck-grid2 mt-5">
        <section>
          <h2 className="mb-3">{t("protects.title")}</h2>
          {list("protects", protects)}
        </section>
        <section>
          <h2 className="mb-3">{t("limits.title")}</h2>
          {list("limits", limits)}
        </section>
      </div>
    </Page>
  );
}
