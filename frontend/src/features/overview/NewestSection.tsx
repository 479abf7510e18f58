import { sameAddress } from "@chartkey/sdk";
import { categories, voidCode } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { IntegrityMark } from "../../components/IntegrityMark.tsx";
import { ItemMarks } from "../../components/ItemMarks.tsx";
import { Loading } from "../../components/Loading.tsx";
import { MeasuredValue, ValueInWords } from "../../components/MeasuredValue.tsx";
import { Title } from "../../components/Title.tsx";
import { gapsOf } from "../../lib/chart/gaps.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useItemTitle } from "../../lib/chart/useItemTitle.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { formatDate } from "../../lib/format/time.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { Nothing, Section } from "./Section.tsx";

const { notes, history, medication, diagnosis, immunization, results } = categories;
/** Visits and messages have places of their own on the page and in the bar. */
const SHOWN_CATEGORIES = [notes, history, medication, diagnosis, immunization, results];
const SHOWN = 5;
/** Seconds: what is dated further from the day it was written says of when it is. */
const DAY = 86_400;

const isPrescription = ({ resource }: ChartItem) => resource?.resourceType === "MedicationRequest";

/**
 * Whether an entry can be news: what others wrote, and results, whoever added them; without what was a mistake, not done, or replaced. Of
 * medicines, what was prescribed: that it was handed out, the patient knows.
 */
function isNews(item: ChartItem, patient: string): boolean {
  const {
    categories: [category],
    author,
    resource,
    file,
    standing,
  } = item;
  if (category === undefined || !SHOWN_CATEGORIES.some((each) => each === category)) return false;
  if (standing.state === "superseded" || (resource ? voidCode(resource) !== undefined : !file)) return false;
  if (category === medication && !isPrescription(item)) return false;
  return category === results || !sameAddress(author, patient);
}

interface NewestSectionProps {
  readonly items: readonly ChartItem[] | undefined;
  readonly patient: string;
}

/** What was written into the chart last, by the time of writing: a diagnosis of today stands before a result that was imported yesterday. */
export function NewestSection({ items, patient }: NewestSectionProps) {
  const { t } = useTranslation("overview");
  const newest = items
    ?.filter((item) => isNews(item, patient))
    .sort((left, right) => right.time - left.time)
    .slice(0, SHOWN);
  const unopened = items !== undefined && SHOWN_CATEGORIES.some((category) => gapsOf(items, category).length > 0);
  return (
    <Section title={t("newest")} more={{ to: "/patient/chart", label: t("allEntries") }}>
      {!newest && <Loading />}
      {newest?.length === 0 && <Nothing>{t(unopened ? "unopenedEntries" : "noEntries")}</Nothing>}
      {newest && newest.length > 0 && (
        <ul className="ck-list">
          {newest.map((item) => (
            <NewestItem key={item.key} item={item} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function NewestItem({ item }: { readonly item: ChartItem }) {
  const { t } = useTranslation(["overview", "records"]);
  const locale = useLocale();
  const title = useItemTitle();
  const {
    key,
    categories: [category],
    summary,
    author,
    time,
    when,
    integrity,
  } = item;
  const about = summary?.date && Math.abs(when - time) > DAY ? summary.date : undefined;
  return (
    <li>
      <div className="ck-grow">
        <p className="ck-row-title">
          <Link to={`/patient/chart/${key}`}>
            <Title resource={item.resource}>{title(item)}</Title>
          </Link>
        </p>
        <ItemMarks item={item} />
        {isPrescription(item) && summary?.subtitle && (
          <p className="ck-meta">
            <bdi>{summary.subtitle}</bdi>
          </p>
        )}
        {summary?.value && (
          <p className="ck-meta">
            <ValueInWords value={summary.value} />
          </p>
        )}
        <p className="ck-meta d-flex flex-wrap column-gap-3">
          <span>{t(isPrescription(item) ? "records:type.MedicationRequest" : `common:category.${category}`)}</span>
          <span>
            <AccountName account={author} />
            {t("common:comma")}
            {formatDate(time, locale)}
          </span>
          {about && <span>{t("about", { date: formatFhirDate(about, locale) })}</span>}
          <IntegrityMark state={integrity} />
        </p>
      </div>
      <div className="ck-end">{summary?.value && <MeasuredValue value={summary.value} />}</div>
    </li>
  );
}
