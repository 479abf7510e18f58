import { essentialsOf, type Summary, type summarize } from "@chartkey/sdk/records";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useCodeWords } from "../lib/chart/codeWords.ts";
import { useResourceTitle } from "../lib/chart/resourceTitle.ts";
import { formatFhirDate } from "../lib/format/fhirDate.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";
import { MeasuredValue } from "./MeasuredValue.tsx";
import { Title } from "./Title.tsx";

interface ResourceLineProps {
  readonly resource: Parameters<typeof summarize>[0];
  readonly summary: Summary;
  /** Look of the title. */
  readonly className: string;
}

/** What nobody must miss of a resource, in one line: title, value and how it compares, dose, how severe and sure, state and date. */
export function ResourceLine({ resource, summary, className }: ResourceLineProps) {
  const { t } = useTranslation("records");
  const locale = useLocale();
  const inWords = useCodeWords();
  const titleOf = useResourceTitle();
  const { subtitle, value, date, status } = summary;
  return (
    <>
      <Title resource={resource} className={className}>
        {titleOf(resource, summary)}
      </Title>
      {value && (
        <>
          {" · "}
          <MeasuredValue value={value} />
          {value.interpretation && ` (${t(`interpretation.${value.interpretation}`)})`}
        </>
      )}
      {subtitle && resource.resourceType.startsWith("Medication") && (
        <>
          {" · "}
          <bdi>{subtitle}</bdi>
        </>
      )}
      {[...essentialsOf(summary), status && t([`status.${status}`, "status.other"], { status })].map(
        (text) =>
          text && (
            <Fragment key={text}>
              {" · "}
              <bdi>{inWords(text)}</bdi>
            </Fragment>
          ),
      )}
      {date && <span className="ck-2"> · {formatFhirDate(date, locale)}</span>}
    </>
  );
}
