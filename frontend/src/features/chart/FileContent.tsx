import { openRecordInto } from "@chartkey/sdk";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FileBox } from "../../components/files/FileBox.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import type { FileSource } from "../../lib/files/source.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";

/** A record that is a file, opened from the store whenever it is asked for. */
export function FileContent({ item, title }: { readonly item: ChartItem; readonly title: string }) {
  const { t } = useTranslation("files");
  const session = useUnlockedSession();
  const { file, entry, recordId, index } = item;
  const source = useMemo<FileSource | undefined>(
    () =>
      file && {
        title,
        contentType: file.contentType,
        size: file.size,
        write: async (sink) => {
          await openRecordInto(required(session), entry.patient, { recordId, index }, sink);
        },
      },
    [file, title, session, entry.patient, recordId, index],
  );
  return source ? <FileBox source={source} saved={t("saved")} /> : null;
}
