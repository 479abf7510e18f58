import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Attachments } from "../../components/files/Attachments.tsx";
import { itemNamed, type ChartItem } from "../../lib/chart/items.ts";
import { useItemTitle } from "../../lib/chart/useItemTitle.ts";

interface AttachedProps {
  readonly item: ChartItem;
  /** The rest of the chart, where the record is that an attachment names. */
  readonly items: readonly ChartItem[];
}

/** The files in an entry, and links to the entries that it names as its files. */
export function Attached({ item: { resource }, items }: AttachedProps) {
  const { t } = useTranslation("files");
  const title = useItemTitle();
  if (!resource) return null;
  const linkTo = (url: string) => {
    const named = itemNamed(items, url);
    return (
      named && (
        <Link to={`../${named.key}`} relative="path">
          {t("inChart", { title: title(named) })}
        </Link>
      )
    );
  };
  return <Attachments resource={resource} saved={t("saved")} linkTo={linkTo} />;
}
