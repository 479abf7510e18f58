import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { IntegrityMark } from "../../components/IntegrityMark.tsx";
import { MeasuredValue, ValueInWords } from "../../components/MeasuredValue.tsx";
import { Time } from "../../components/Time.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { viewerOf } from "../../lib/files/mediaType.ts";
import { formatSize } from "../../lib/files/size.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useCodeWords } from "../../lib/chart/codeWords.ts";
import { ItemMarks } from "../../components/ItemMarks.tsx";
import { Title } from "../../components/Title.tsx";
import { useItemTitle } from "../../lib/chart/useItemTitle.ts";

export interface ItemTableProps {
  /** Says what the table lists; heard, not seen. */
  readonly caption: string;
  readonly items: readonly ChartItem[];
  /** Where the page of an item is. */
  readonly pathOf: (item: ChartItem) => string;
}

const columns = ["c1", "c2", "c3", "c4", "c5"] as const;
const headers = ["entry", "value", "words", "author", "integrity"] as const;

/** Lines of a chart: what, value, in words, by whom, and whether the bytes are those on the chain. */
export function ItemTable({ caption, items, pathOf }: ItemTableProps) {
  const { t } = useTranslation("chart");
  return (
    <table className="ck-table ck-entries" role="table">
      <caption className="visually-hidden">{caption}</caption>
      <colgroup>
        {columns.map((column) => (
          <col key={column} className={`ck-${column}`} />
        ))}
      </colgroup>
      <thead className="visually-hidden" role="rowgroup">
        <tr role="row">
          {headers.map((header) => (
            <th key={header} scope="col" role="columnheader">
              {t(`column.${header}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items.map((item) => (
          <ItemRow key={item.key} item={item} path={pathOf(item)} />
        ))}
      </tbody>
    </table>
  );
}

function ItemRow({ item, path }: { readonly item: ChartItem; readonly path: string }) {
  const { t } = useTranslation("chart");
  const title = useItemTitle();
  const inWords = useCodeWords();
  const { summary, integrity, author, hospital, time } = item;
  const value = summary?.value;
  return (
    <tr role="row">
      <th scope="row" role="rowheader" className="ck-c1">
        <span>
          <Link to={path}>
            <Title resource={item.resource}>{title(item)}</Title>
          </Link>
          {summary?.subtitle && (
            <span className="d-block ck-meta fw-normal ck-clamp">
              <bdi>{inWords(summary.subtitle)}</bdi>
            </span>
          )}
          <ItemMarks item={item} />
        </span>
      </th>
      {integrity === "verified" ? (
        <>
          <td role="cell" className="ck-c2">
            {value && <MeasuredValue value={value} />}
          </td>
          <td role="cell" className="ck-c3">
            {value ? <ValueInWords value={value} /> : <WithoutValue item={item} />}
          </td>
        </>
      ) : (
        <td role="cell" className="ck-c3" colSpan={2}>
          <span className="ck-s ck-2">{t(`problem.${integrity}`)}</span>
        </td>
      )}
      <td role="cell" className="ck-c4">
        <span className="ck-s">
          <AccountName account={author} />
          <span className="d-block ck-2">
            {hospital > 0 && (
              <>
                <HospitalName id={hospital} />
                {t("common:comma")}
              </>
            )}
            <Time seconds={time} show="short" />
          </span>
        </span>
      </td>
      <td role="cell" className="ck-c5">
        <IntegrityMark state={integrity} />
      </td>
    </tr>
  );
}

/** What stands in place of a value in words: why there is none, the kind and size of a file, or that there are no words. */
function WithoutValue({ item: { file, summary } }: { readonly item: ChartItem }) {
  const { t } = useTranslation(["chart", "files"]);
  const locale = useLocale();
  const inWords = useCodeWords();
  if (summary) {
    const reason = summary.lines.find(({ label }) => label === "absent")?.text;
    return reason && <span className="ck-s ck-2">{t("noValue", { reason: inWords(reason) })}</span>;
  }
  const words = file
    ? t(`files:kind.${viewerOf(file.contentType) ?? "other"}`, { size: formatSize(file.size, locale) })
    : t("noFhir");
  return <span className="ck-s ck-2">{words}</span>;
}
