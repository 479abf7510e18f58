/** Bytes before the letters that every DICOM file has, often without any ending in its name (DICOM PS3.10). */
const PREAMBLE = 128;
const UNKNOWN = "application/octet-stream";
/** What the chart reads as a record and not as a file, or the sdk writes for itself. */
const MEANT_OTHERWISE = /^application\/(fhir\+json|vnd\.chartkey\.)/i;

/** What a file is: DICOM by its bytes, anything else as the browser takes it to be by its name. */
export async function mediaTypeOf(file: Blob): Promise<string> {
  if ((await file.slice(PREAMBLE, PREAMBLE + 4).text()) === "DICM") return "application/dicom";
  return file.type === "" || MEANT_OTHERWISE.test(file.type) ? UNKNOWN : file.type;
}

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/** Whether a browser draws it from its points, and finds nothing in it to run: an SVG is a document. */
export function isPicture(contentType: string): boolean {
  return PICTURES.includes(contentType.toLowerCase());
}
