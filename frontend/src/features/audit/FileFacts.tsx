import { toCid } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { FindingMark } from "./FindingMark.tsx";
import { isExpected } from "./lib/expected.ts";
import type { InspectedFile } from "./lib/inspectFile.ts";
import type { Wanted } from "./lib/matchAnchors.ts";

export interface FileFactsProps {
  readonly file: InspectedFile;
  /** What the person pasted, if it can be read. */
  readonly expected: Wanted | null;
}

/** What was computed of a file, and whether it is the expected one. */
export function FileFacts({ file, expected }: FileFactsProps) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const fits = expected !== null && isExpected(expected, file);
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("file.computed")}</h2>
      </header>
      <dl className="ck-def ck-rule-t">
        <dt>{t("file.name")}</dt>
        <dd>
          <bdi>{file.name}</bdi>
        </dd>
        <dt>{t("file.size")}</dt>
        <dd>{t("file.bytes", { size: file.size.toLocaleString(locale) })}</dd>
        <dt>{t("file.digest")}</dt>
        <dd>
          <Address value={file.sha256} kind="hash" full />
        </dd>
        <dt>{t("file.cid")}</dt>
        <dd>
          <Address value={toCid(file.reference).toString()} kind="cid" full />
        </dd>
        {expected && (
          <>
            <dt>{t("file.asExpected")}</dt>
            <dd>
              <FindingMark ok={fits}>{t(fits ? "file.expectedOk" : "file.expectedOther")}</FindingMark>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
