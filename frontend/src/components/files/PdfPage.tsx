import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { drawPage, pageText } from "../../lib/files/pdf.ts";
import { Notice } from "../Notice.tsx";

interface PdfPageProps {
  readonly document: PDFDocumentProxy;
  /** From 1. */
  readonly number: number;
  readonly label: string;
}

/** One page as it looks on paper, and its letters for whoever hears, copies or enlarges them. */
export function PdfPage({ document, number, label }: PdfPageProps) {
  const { t } = useTranslation("files");
  const canvas = useRef<HTMLCanvasElement>(null);
  const [text, setText] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stopper = new AbortController();
    const show = async () => {
      const page = await document.getPage(number);
      const target = canvas.current;
      if (stopper.signal.aborted || target === null) return;
      await drawPage(page, target, target.clientWidth * window.devicePixelRatio, stopper.signal);
      const letters = await pageText(page);
      if (!stopper.signal.aborted) setText(letters);
    };
    show().catch(() => {
      if (!stopper.signal.aborted) setFailed(true);
    });
    return () => stopper.abort();
  }, [document, number]);
  return (
    <>
      {failed && <Notice tone="warn" live="alert" title={t("pdf.notDrawn")} />}
      <canvas
        ref={canvas}
        className="ck-picture ck-sheet"
        role="img"
        aria-label={label}
        aria-busy={text === null && !failed}
      />
      {text !== null && (
        <details className="ck-raw mt-2">
          <summary>{t("pdf.text")}</summary>
          {text === "" ? (
            <p className="ck-2 mt-2">{t("pdf.noText")}</p>
          ) : (
            <pre className="ck-message" tabIndex={0} dir="auto">
              {text}
            </pre>
          )}
        </details>
      )}
    </>
  );
}
