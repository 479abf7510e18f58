import type { Summary, SummaryLine } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { useCodeWords } from "../lib/chart/codeWords.ts";
import { interpretationOf } from "../lib/chart/interpretations.ts";
import { vitalSignOf } from "../lib/chart/vitalSigns.ts";
import { formatFhirDate, isFhirDate } from "../lib/format/fhirDate.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";
import { MeasuredValue, ValueInWords } from "./MeasuredValue.tsx";

/** What a resource says, as text: whoever wrote it may have written anything. */
export function SummaryView({ summary }: { readonly summary: Summary }) {
  const { t } = useTranslation("records");
  const locale = useLocale();
  const codeWords = useCodeWords();
  const inWords = (label: string, text: string) => {
    const interpretation = label === "interpretation" ? interpretationOf(text) : undefined;
    if (interpretation) return t(`interpretation.${interpretation}`);
    return isFhirDate(text) ? formatFhirDate(text, locale) : codeWords(text);
  };
  const { value, date, status, lines, subtitle } = summary;
  // A line of a list says in one what the page says line by line.
  const said = subtitle?.split(" · ").every((part) => lines.some(({ text }) => text === part));
  return (
    <section>
      {value && (
        <p className="ck-big mb-2">
          <MeasuredValue value={value} />
        </p>
      )}
      {value && (
        <p className="mb-3">
          <ValueInWords value={value} />
        </p>
      )}
      {subtitle && !said && (
        <p className="ck-measure mb-3">
          <bdi>{codeWords(subtitle)}</bdi>
        </p>
      )}
      <dl className="ck-def">
        {date && (
          <div className="ck-def-row">
            <dt>{t("label.date")}</dt>
            <dd>{formatFhirDate(date, locale)}</dd>
          </div>
        )}
        {status && (
          <div className="ck-def-row">
            <dt>{t("label.status")}</dt>
            <dd>{t([`status.${status}`, "status.other"], { status })}</dd>
          </div>
        )}
        {lines.map(({ label, text, measured }, index) => (
          <div key={`${index} ${label}`} className="ck-def-row">
            <dt>{t([`label.${label}`, "label.other"], { label })}</dt>
            <dd>{measured ? <Measured {...measured} /> : <bdi>{inWords(label, text)}</bdi>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** One value of several, with how it compares said in the reader's language. */
function Measured({ title, value }: NonNullable<SummaryLine["measured"]>) {
  const { t } = useTranslation("records");
  const sign = title === undefined ? undefined : vitalSignOf(title);
  return (
    <>
      {title && (
        <>
          <bdi>{sign ? t(`test.${sign}`) : title}</bdi>:{" "}
        </>
      )}
      <MeasuredValue value={value} /> <ValueInWords value={value} />
    </>
  );
}
