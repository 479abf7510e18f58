/** Bytes before the letters that every DICOM file has, often without any ending in its name (DICOM PS3.10). */
const PREAMBLE = 128;
const UNKNOWN = "application/octet-stream";
/** What the chart reads as a record and not as a file, or the sdk writes for itself. */
const MEANT_OTHERWISE = /^application\/(fhir\+json|vnd\.chartkey\.)/i;

const HEALTH_CARD = "application/smart-health-card";

/** What a file is: DICOM by its bytes, a SMART Health Card by its name, which browsers do not know, anything else as the browser takes it to be. */
export async function mediaTypeOf(file: Blob & { readonly name?: string }): Promise<string> {
  if ((await file.slice(PREAMBLE, PREAMBLE + 4).text()) === "DICM") return "application/dicom";
  if (file.name?.toLowerCase().endsWith(".smart-health-card")) return HEALTH_CARD;
  return file.type === "" || MEANT_OTHERWISE.test(file.type) ? UNKNOWN : file.type;
}

/** How a file is shown, if it is. */
export type Viewer = "picture" | "pdf" | "dicom" | "card" | "text";

/** What a browser draws from its points, and finds nothing in to run: an SVG is a document. */
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
/** What is written in letters. HTML and SVG are shown as that, and as nothing else. */
const TEXT = /^(text\/.+|image\/svg\+xml|application\/(.+\+)?(json|xml))$/;

/** With what a file of this media type is shown; undefined for what can only be saved. */
export function viewerOf(contentType: string): Viewer | undefined {
  const type = contentType.replace(/;.*$/s, "").trim().toLowerCase();
  if (PICTURES.includes(type)) return "picture";
  if (type === "application/pdf") return "pdf";
  if (type === "application/dicom") return "dicom";
  if (type === HEALTH_CARD) return "card";
  return TEXT.test(type) ? "text" : undefined;
}
