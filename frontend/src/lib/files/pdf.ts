import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import workerSrc from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

/** Fonts, character maps and decoders that a PDF may need, where the build puts them (frontend/vite.config.ts). */
const ASSETS = `${import.meta.env.BASE_URL}assets/pdf/`;
/** Points of a page, or of a picture in it, that are drawn at most: a page can say that it is a kilometre wide. */
const MOST_POINTS = 1 << 24;

/**
 * Opens a PDF to look at. Nothing in it runs: its scripts, forms and attachments are not asked for, and its links lead nowhere.
 * Throws `PasswordException` or `InvalidPDFException` of pdf.js. Close it with `document.loadingTask.destroy()`.
 */
export async function openPdf(file: Blob): Promise<PDFDocumentProxy> {
  const { getDocument, GlobalWorkerOptions } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  GlobalWorkerOptions.workerSrc = workerSrc;
  return getDocument({
    data: new Uint8Array(await file.arrayBuffer()),
    cMapUrl: `${ASSETS}cmaps/`,
    standardFontDataUrl: `${ASSETS}standard_fonts/`,
    wasmUrl: `${ASSETS}wasm/`,
    // The page's policy lets no WebAssembly run; the same decoders are there in JavaScript.
    useWasm: false,
    useSystemFonts: false,
    enableXfa: false,
    maxImageSize: MOST_POINTS,
    canvasMaxAreaInBytes: 4 * MOST_POINTS,
    verbosity: 0,
  }).promise;
}

/** How many points of the screen an inch of paper is drawn with, for a page to be `width` points wide. */
function scaleFor(page: PDFPageProxy, width: number): number {
  const own = page.getViewport({ scale: 1 });
  return Math.min(width / own.width, Math.sqrt(MOST_POINTS / (own.width * own.height)));
}

/** Draws a page into a canvas, `width` points wide. Stops when `signal` says so, without an error. */
export async function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  width: number,
  signal: AbortSignal,
): Promise<void> {
  const viewport = page.getViewport({ scale: scaleFor(page, width) });
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  const { AnnotationMode, RenderingCancelledException } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
  signal.addEventListener("abort", () => task.cancel());
  await task.promise.catch((error: unknown) => {
    if (!(error instanceof RenderingCancelledException)) throw error;
  });
}

/** The letters of a page in the order in which they stand in the file; empty for a page that was scanned. */
export async function pageText(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items
    .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
    .join("")
    .trim();
}
