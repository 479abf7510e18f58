import { readDicomHeader } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { useRead } from "../../lib/files/useRead.ts";
import { formatFhirDate, isFhirDate } from "../../lib/format/fhirDate.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { ErrorNotice } from "../ErrorNotice.tsx";
import { Loading } from "../Loading.tsx";
import type { ShownFileProps } from "../../lib/files/source.ts";

const read = async (file: Blob) => readDicomHeader(new Uint8Array(await file.arrayBuffer()));

/** What a DICOM file says of patient, study and equipment. Its picture needs a program made for it. */
export default function DicomHeader({ file }: ShownFileProps) {
  const { t } = useTranslation("files");
  const locale = useLocale();
  const { value, error } = useRead(file, read);
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (value === undefined) return <Loading what={t("showing")} />;
  return (
    <>
      <p className="ck-2 mb-0">{t("dicom.said")}</p>
      <dl className="ck-def">
        {value.map(({ label, text }) => (
          <div key={label} className="ck-def-row">
            <dt>{t(`dicom.label.${label}`)}</dt>
            <dd>
              <bdi>{isFhirDate(text) ? formatFhirDate(text, locale) : text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
