import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { openPdf } from "../../lib/files/pdf.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { Loading } from "../Loading.tsx";
import { Notice } from "../Notice.tsx";
import { Pagination } from "../Pagination.tsx";
import type { ShownFileProps } from "../../lib/files/source.ts";
import { PdfPage } from "./PdfPage.tsx";

type Opened = PDFDocumentProxy | "password" | "unreadable" | null;

function useDocument(file: Blob): Opened {
  const [opened, setOpened] = useState<Opened>(null);
  useEffect(() => {
    let isShown = true;
    const opening = openPdf(file);
    opening.then(
      (document) => {
        if (isShown) setOpened(document);
      },
      (error: unknown) => {
        if (isShown) setOpened((error as Error).name === "PasswordException" ? "password" : "unreadable");
      },
    );
    return () => {
      isShown = false;
      opening.then(
        ({ loadingTask }) => loadingTask.destroy(),
        () => undefined,
      );
    };
  }, [file]);
  return opened;
}

/** A PDF page by page. It is drawn: nothing in it runs, and its links lead nowhere. */
export default function PdfPages({ file, title }: ShownFileProps) {
  const { t } = useTranslation("files");
  const locale = useLocale();
  const document = useDocument(file);
  const [number, setNumber] = useState(1);
  if (document === null) return <Loading what={t("showing")} />;
  if (document === "password" || document === "unreadable")
    return <Notice tone="warn" live="alert" title={t(`pdf.${document}`)} />;
  const { numPages } = document;
  const position = t("pdf.position", { page: number.toLocaleString(locale), pages: numPages.toLocaleString(locale) });
  return (
    <div>
      <Pagination
        label={t("pdf.pages")}
        position={position}
        words={[t("pdf.previous"), t("pdf.next")]}
        onNewer={number > 1 ? () => setNumber(number - 1) : undefined}
        onOlder={number < numPages ? () => setNumber(number + 1) : undefined}
      />
      <div className="mt-3">
        <PdfPage key={number} document={document} number={number} label={`${title}, ${position}`} />
      </div>
    </div>
  );
}
