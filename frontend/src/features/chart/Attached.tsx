import { openAttachmentInto } from "@chartkey/sdk";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Attachments, type FileBeside } from "../../components/files/Attachments.tsx";
import { itemNamed, type ChartItem } from "../../lib/chart/items.ts";
import { useItemTitle } from "../../lib/chart/useItemTitle.ts";
import { writeHeld } from "../../lib/files/source.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";

const NONE: NonNullable<ChartItem["attachments"]> = [];

interface AttachedProps {
  readonly item: ChartItem;
  /** The rest of the chart, where the record is that an attachment names. */
  readonly items: readonly ChartItem[];
}

/** The files in an entry, and links to the entries that it names as its files. */
export function Attached({ item, items }: AttachedProps) {
  const { t } = useTranslation("files");
  const session = useUnlockedSession();
  const { resource, attachments = NONE, entry, recordId, index } = item;
  const beside = useMemo(
    () =>
      attachments.map(({ at, size, bytes }): FileBeside => {
        const write = async (sink: WritableStream<Uint8Array<ArrayBuffer>>) =>
          openAttachmentInto(required(session), entry.patient, { recordId, index }, at, sink);
        return { at, size, write: bytes ? writeHeld(() => bytes) : write };
      }),
    [attachments, session, entry.patient, recordId, index],
  );
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
  return <Attachments resource={resource} beside={beside} saved={t("saved")} linkTo={linkTo} />;
}
