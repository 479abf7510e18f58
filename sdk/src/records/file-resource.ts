import type { DocumentReference, Resource } from "@medplum/fhirtypes";
import { type Bytes, toBase64 } from "../bytes.ts";
import { attachedBytes } from "./attachments.ts";
import { CATEGORY_SYSTEM, EXPORTED_FILE, exportedFileCategory } from "./export-marks.ts";

/** A file of a chart that is no FHIR: a scan, a picture, a letter. */
export interface ChartFileContent {
  contentType: string;
  title?: string;
  /** Name of its category. */
  category: string;
  data: Bytes;
}

/** Media types by which a chart knows what is no file: FHIR, and what the sdk writes for itself. */
const NO_FILE = /^application\/(fhir\+json|vnd\.chartkey\..*)$/i;

/**
 * A file as FHIR R4 DocumentReference with its bytes (https://hl7.org/fhir/R4/documentreference.html): the same file is always the same
 * resource.
 */
export function buildFileResource({ contentType, title, category, data }: ChartFileContent): DocumentReference {
  const named = title === undefined ? {} : { title };
  return {
    resourceType: "DocumentReference",
    meta: { tag: [{ ...EXPORTED_FILE }] },
    status: "current",
    category: [{ coding: [{ system: CATEGORY_SYSTEM, code: category }] }],
    ...(title === undefined ? {} : { description: title }),
    content: [{ attachment: { contentType, ...named, size: data.length, data: toBase64(data) } }],
  };
}

/** The file that `buildFileResource` wrote as this resource; undefined for any other, which stays what it is. */
export function readFileResource(resource: Resource): Omit<ChartFileContent, "category"> | undefined {
  if (resource.resourceType !== "DocumentReference" || exportedFileCategory(resource) === undefined) return undefined;
  const [first, ...others] = resource.content;
  const { contentType, title, data } = first?.attachment ?? {};
  const isWhole = others.length === 0 && contentType !== undefined && data !== undefined;
  if (!isWhole || NO_FILE.test(contentType)) return undefined;
  return { contentType, ...(title === undefined ? {} : { title }), data: attachedBytes({ data }) };
}
