import { useTranslation } from "react-i18next";

/** Something is on its way; shown only when it takes noticeably long (by style). */
export function Loading({ what }: { readonly what?: string }) {
  const { t } = useTranslation();
  return (
    <p className="ck-loading ck-2" role="status">
      <span className="spinner-border spinner-border-sm" aria-hidden="true" /> {what ?? t("loading")}
    </p>
  );
}
