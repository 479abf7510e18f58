import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";

export interface RecoveryCodeProps {
  readonly code: string;
  /** Another code counts until this one is published. */
  readonly renewal?: boolean;
  readonly onWritten: () => void;
}

/** The recovery code, shown until it is published, to be written down. */
export function RecoveryCode({ code, renewal = false, onWritten }: RecoveryCodeProps) {
  const { t } = useTranslation("vault");
  const [copied, setCopied] = useState<boolean | null>(null);
  const groups = code.split("-");
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Page title={t("code.title")} narrow>
      <p className="mt-3 ck-measure">{t("code.what")}</p>
      <p className="ck-2 ck-measure ck-noprint">{t(renewal ? "code.renewal" : "code.earlier")}</p>
      <ol className="ck-code" dir="ltr" aria-label={t("code.label")}>
        {groups.map((group, index) => (
          <li key={`${index}-${group}`} translate="no">
            {group}
          </li>
        ))}
      </ol>
      <div className="ck-actions ck-noprint mb-4">
        <button type="button" className="btn btn-plain btn-sm" onClick={() => window.print()}>
          {t("code.print")}
        </button>
        <button type="button" className="btn btn-plain btn-sm" onClick={() => void copy()}>
          {t("code.copy")}
        </button>
        <span role="status" className="ck-s ck-2">
          {copied === true && t("code.copied")}
          {copied === false && t("common:copy.failed")}
        </span>
      </div>
      <Notice tone="warn" className="mb-4" title={t("code.loss.title")}>
        <p>{t("code.loss.text")}</p>
      </Notice>
      <button type="button" className="btn btn-primary ck-noprint" onClick={onWritten}>
        {t("code.action")}
      </button>
    </Page>
  );
}
