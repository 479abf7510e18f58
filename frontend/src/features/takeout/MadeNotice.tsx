import type { ExportFormat } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import type { MadeFile } from "./useTakeout.ts";

interface MadeNoticeProps {
  readonly made: MadeFile;
  readonly format: ExportFormat;
}

/** What is in the file that was made, and what is not. */
export function MadeNotice({ made, format }: MadeNoticeProps) {
  const { t } = useTranslation("chart");
  const { resources, unreadable, files, hidden, silent } = made;
  return (
    <Notice className="mt-4" icon="checkCircle" live="status" title={t("takeout.made.title", { count: resources })}>
      {unreadable > 0 && <p className="mb-1">{t("takeout.made.unreadable", { count: unreadable })}</p>}
      {files > 0 && <p className="mb-1">{t("takeout.made.files", { count: files })}</p>}
      {hidden > 0 && (
        <p className="mb-1">
          {t(format === "ips" ? "takeout.made.hiddenOut" : "takeout.made.hiddenIn", { count: hidden })}
        </p>
      )}
      {silent.map((store) => (
        <p className="mb-1" key={store}>
          {t("takeout.made.silent", { store })}
        </p>
      ))}
      <p className="mb-0">{t("takeout.made.safe")}</p>
    </Notice>
  );
}
