import { summarize, summarySections, type PatientSummary } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { ResourceLine } from "../../components/ResourceLine.tsx";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

type Section = ReturnType<typeof summarySections>[number];

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
            <li key={place}>
              <ResourceLine resource={resource} summary={summarize(resource)} className="ck-med" />
            </li>
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
