import { useTranslation } from "react-i18next";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useRead } from "../../lib/files/useRead.ts";
import { ErrorNotice } from "../ErrorNotice.tsx";
import { Loading } from "../Loading.tsx";
import type { ShownFileProps } from "../../lib/files/source.ts";

/** Letters that are shown; whoever wants more saves the file. */
const MOST = 200_000;

/** What the file says of its letters, else UTF-8. */
function decoderOf(contentType: string): TextDecoder {
  const charset = /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

const readText = async (file: Blob) => decoderOf(file.type).decode(await file.arrayBuffer());

/** Shows a file letter by letter: markup in it is text as well. */
export default function PlainText({ file, title }: ShownFileProps) {
  const { t } = useTranslation("files");
  const locale = useLocale();
  const { value, error } = useRead(file, readText);
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (value === undefined) return <Loading what={t("showing")} />;
  return (
    <>
      {value.length > MOST && <p className="ck-2">{t("beginning", { letters: MOST.toLocaleString(locale) })}</p>}
      <pre className="ck-message ck-letters" tabIndex={0} dir="auto" aria-label={title}>
        {value.slice(0, MOST)}
      </pre>
    </>
  );
}
