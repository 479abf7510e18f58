import { proseOf } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { Address } from "../../components/Address.tsx";
import { IntegrityMark } from "../../components/IntegrityMark.tsx";
import { Narrative } from "../../components/Narrative.tsx";
import { Notice } from "../../components/Notice.tsx";
import { SummaryView } from "../../components/SummaryView.tsx";
import { Time } from "../../components/Time.tsx";
import type { ChartItem, Integrity } from "../../lib/chart/items.ts";
import { Attached } from "./Attached.tsx";
import { FileContent } from "./FileContent.tsx";
import { useItemTitle } from "../../lib/chart/useItemTitle.ts";
import { StandingNotices } from "./StandingNotices.tsx";
import { Trend } from "./Trend.tsx";

/** States in which somebody has to do something; the others pass or are meant. */
const wrong: readonly Integrity[] = ["damaged", "altered", "withheld", "unusable"];

interface EntryViewProps {
  readonly item: ChartItem;
  /** The rest of the chart, where other values of the same test are. */
  readonly items?: readonly ChartItem[];
  /** Where the conversations of the chart are. */
  readonly messagesPath?: string;
}

/** Whether it stands in a conversation. An import brings requests that nobody answers. */
const isLetter = ({ resource, entry }: ChartItem) =>
  resource?.resourceType === "Communication" || (resource?.resourceType === "ServiceRequest" && entry.kind === "entry");

/** Everything about one entry: what it says, then where it stands on the chain, then the data as written. */
export function EntryView({ item, items = [], messagesPath }: EntryViewProps) {
  const { t } = useTranslation(["chart", "errors"]);
  const { json, integrity, problem, withheldSince } = item;
  const title = useItemTitle();
  return (
    <div className="ck-stack mt-4">
      {integrity !== "verified" && (
        <Notice tone={wrong.includes(integrity) ? "bad" : "plain"} title={t(`problem.${integrity}`)}>
          <p>{t(`problemMeans.${integrity}`)}</p>
          {withheldSince === undefined ? (
            <p className="ck-s ck-2">{t("errors:code", { code: problem })}</p>
          ) : (
            <p className="ck-s ck-2">
              <Time seconds={withheldSince} />
            </p>
          )}
        </Notice>
      )}
      {integrity === "verified" && !item.summary && !item.file && (
        <Notice tone="warn" title={t("noFhir")}>
          <p>{t("noFhirMeans")}</p>
        </Notice>
      )}
      <StandingNotices item={item} />
      {messagesPath !== undefined && isLetter(item) && (
        <p className="mb-0">
          <Link to={`${messagesPath}/${item.key}`}>{t("conversation")}</Link>
        </p>
      )}
      {item.summary && <SummaryView summary={item.summary} />}
      {item.resource && <Narrative prose={proseOf(item.resource)} />}
      <Trend item={item} items={items} title={title(item)} />
      <FileContent item={item} title={title(item)} />
      <Attached item={item} items={items} />
      <Anchor item={item} />
      {json !== undefined && (
        <details className="ck-raw">
          <summary>{t("raw")}</summary>
          {item.attachments && <p className="ck-s ck-2">{t("rawWithout")}</p>}
          <pre className="ck-message ck-mono" dir="ltr" tabIndex={0}>
            {JSON.stringify(json, null, 2)}
          </pre>
        </details>
      )}
    </div>
  );
}

function Anchor({ item }: { readonly item: ChartItem }) {
  const { t } = useTranslation("chart");
  const { author, hospital, time, integrity, recordId, categories, entry } = item;
  return (
    <section className="ck-rule-t">
      <h2 className="mb-3">{t("anchor.heading")}</h2>
      <dl className="ck-def">
        <dt>{t("column.integrity")}</dt>
        <dd>
          <IntegrityMark state={integrity} full />
        </dd>
        <dt>{t("column.author")}</dt>
        <dd>
          <AccountName account={author} />
        </dd>
        <dt>{t("anchor.hospital")}</dt>
        <dd>{hospital > 0 ? <HospitalName id={hospital} /> : t("anchor.byPatient")}</dd>
        <dt>{t("anchor.time")}</dt>
        <dd>
          <Time seconds={time} />
        </dd>
        <dt>{t("anchor.category")}</dt>
        <dd>{categories.map((category) => t(`common:category.${category}`)).join(t("common:comma"))}</dd>
        <dt>{t("anchor.record")}</dt>
        <dd>
          <Address value={recordId} kind="hash" />
        </dd>
        <dt>{t("anchor.transaction")}</dt>
        <dd>
          <Address value={entry.transactionHash} kind="hash" to={`/audit/tx/${entry.transactionHash}`} />
        </dd>
      </dl>
    </section>
  );
}
