import { essentialsOf, summarize, summarySections, type PatientSummary } from "@chartkey/sdk/records";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { MeasuredValue } from "../../components/MeasuredValue.tsx";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useCodeWords } from "../../lib/chart/codeWords.ts";
import { useResourceTitle } from "../../lib/chart/resourceTitle.ts";

type Section = ReturnType<typeof summarySections>[number];
type Resource = Section["resources"][number];

/** Of each section; the file has all. */
const ON_PAPER = 6;
/** Sections that a page has room for: problems, allergies, medicines, vaccinations, results. */
const PRINTED = ["11450-4", "48765-2", "10160-0", "11369-6", "30954-2"];

/** The summary of a chart on one page, for people: the first of what the file holds, in its order. */
export function SummaryPaper({ summary }: { readonly summary: PatientSummary }) {
  const { t } = useTranslation(["chart", "paper"]);
  const locale = useLocale();
  const { person, date } = summary;
  const sections = summarySections(summary).filter(({ code }) => PRINTED.includes(code));
  const name = person?.name?.[0]?.text ?? [...(person?.name?.[0]?.given ?? []), person?.name?.[0]?.family].join(" ");
  return (
    <article className="ck-a5 ck-summary" aria-label={t("takeout.sheet.title")}>
      <div className="ck-top5">
        <div>
          <p className="ck-h5">{t("takeout.sheet.title")}</p>
          <p className="ck-small">{t("takeout.sheet.made", { date: formatFhirDate(date, locale) })}</p>
        </div>
        <p className="text-end">
          <strong>
            <bdi>{name.trim() === "" ? t("takeout.sheet.nameUnknown") : name}</bdi>
          </strong>
          <span className="d-block ck-small">
            {person?.birthDate
              ? t("paper:born", { date: formatFhirDate(person.birthDate, locale) })
              : t("paper:birthUnknown")}
          </span>
        </p>
      </div>
      {sections.map((section) => (
        <PaperSection key={section.code} section={section} />
      ))}
      <p className="ck-small ck-summary-end">{t("takeout.sheet.end")}</p>
    </article>
  );
}

function PaperSection({ section: { code, resources, gaps } }: { readonly section: Section }) {
  const { t } = useTranslation("chart");
  const left = resources.length - ON_PAPER;
  return (
    <section className="ck-summary-section">
      <h2>{t(`takeout.section.${code}`)}</h2>
      {resources.length > 0 && (
        <ul>
          {resources.slice(0, ON_PAPER).map((resource, place) => (
            <Line key={place} resource={resource} />
          ))}
        </ul>
      )}
      {left > 0 && <p className="ck-small">{t("takeout.sheet.more", { count: left })}</p>}
      {gaps.map((gap) => (
        <p key={gap}>{t(`takeout.gap.${gap}`)}</p>
      ))}
      {resources.length === 0 && gaps.length === 0 && <p>{t("takeout.gap.none")}</p>}
    </section>
  );
}

function Line({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation("records");
  const locale = useLocale();
  const inWords = useCodeWords();
  const titleOf = useResourceTitle();
  const summary = summarize(resource);
  const { subtitle, value, date, status } = summary;
  return (
    <li>
      <bdi className="ck-med">{titleOf(resource, summary)}</bdi>
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
    </li>
  );
}
