import type { ExportFormat, ExportedChart } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";

interface MadeNoticeProps {
  readonly made: ExportedChart;
  readonly format: ExportFormat;
}

/** What is in the file that was made, and what is not. */
export function MadeNotice({ made, format }: MadeNoticeProps) {
  const { t } = useTranslation("takeout");
  const { resources, unreadable, files, hidden } = made;
  return (
    <Notice className="mt-4" icon="checkCircle" live="status" title={t("made.title", { count: resources })}>
      {unreadable > 0 && <p className="mb-1">{t("made.unreadable", { count: unreadable })}</p>}
      {files > 0 && <p className="mb-1">{t("made.files", { count: files })}</p>}
      {hidden > 0 && (
        <p className="mb-1">{t(format === "ips" ? "made.hiddenOut" : "made.hiddenIn", { count: hidden })}</p>
      )}
      <p className="mb-0">{t("made.safe")}</p>
    </Notice>
  );
}
