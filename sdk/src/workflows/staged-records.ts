import type { Resource } from "@medplum/fhirtypes";
import { type Bytes, fromBase64Url } from "../bytes.ts";
import { ChartkeyError, isConnectionError, toRecordError } from "../errors.ts";
import { openPayload } from "../crypto/payload.ts";
import { categoryOf } from "../records/categories.ts";
import { isJsonObject } from "../records/references.ts";
import { loadValidator } from "../records/validate.ts";
import { newFullUrl } from "../records/builders.ts";
import { payloadJson } from "./payload-json.ts";
import type { Draft } from "./publish.ts";
import { payloadContext } from "./session.ts";
import type { StagedAccess, Staging } from "./staged.ts";
import type { StagedItem } from "./staged-list.ts";

/** A staged record that is not taken over, and why. */
export interface StagedRefusal {
  name: string;
  category: number;
  problem: ChartkeyError;
}

/** A staged record that was opened and checked. */
export interface OpenedStaged extends Draft {
  /** By which a note of where it came from refers to it. */
  reference: string;
}

export const FHIR_JSON = "application/fhir+json";
/** Largest staged record and largest staging, in bytes of content. */
const [MAX_RECORD, MAX_TOGETHER] = [1 << 25, 1 << 28];
/** Longest URL of a resource, in UTF-16 code units. */
const MAX_URL = 2048;
/** Payloads fetched and opened at the same time. */
const PARALLEL = 8;

const notFhir = () =>
  new ChartkeyError(
    "STAGED_NOT_FHIR",
    "This is not one FHIR R4 resource of its category, so that it was not taken over. Ask the hospital for it.",
  );

/** What was prepared is another's content: only a valid resource, under its own category, becomes a record of the patient's. */
async function toDraft({ category }: StagedItem, meta: Record<string, unknown>, data: Bytes): Promise<OpenedStaged> {
  const value = meta["contentType"] === FHIR_JSON ? payloadJson(data) : undefined;
  const validator = await loadValidator();
  if (!isJsonObject(value) || !validator.isResourceType(value["resourceType"])) throw notFhir();
  const resource = value as unknown as Resource;
  const isAlone = resource.resourceType !== "Bundle" && validator.validate(resource).length === 0;
  if (!isAlone || categoryOf(resource) !== category) throw notFhir();
  const url = meta["fullUrl"];
  const fullUrl = typeof url === "string" && url.length <= MAX_URL ? url : undefined;
  const relative = resource.id === undefined ? undefined : `${resource.resourceType}/${resource.id}`;
  const reference = fullUrl ?? relative ?? newFullUrl();
  const named = fullUrl ?? (relative === undefined ? reference : undefined);
  // Nothing else of what its author says about it: a patient's own records mean more than a hospital's.
  return { category, data, reference, meta: { contentType: FHIR_JSON, ...(named && { fullUrl: named }) } };
}

/**
 * Fetches and opens the records of a staging. What is damaged, missing, too large or no FHIR is named, the rest goes on. Throws what the
 * chain and the store throw.
 */
export async function openStagedRecords(
  { session, scope }: StagedAccess,
  { claimKey, from, items }: Staging,
): Promise<{ drafts: OpenedStaged[]; refused: StagedRefusal[] }> {
  const drafts: OpenedStaged[] = [];
  const refused: StagedRefusal[] = [];
  let room = MAX_TOGETHER;
  const open = async (item: StagedItem): Promise<OpenedStaged> => {
    const { category, codec, payload: digest, key } = item;
    const bytes = await session.store.get({ codec, digest }, scope);
    const context = payloadContext(session, claimKey, from, category);
    const { meta, data } = await openPayload(fromBase64Url(key, 32), context, bytes, Math.min(MAX_RECORD, room));
    room -= data.length;
    return toDraft(item, meta, data);
  };
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) {
      try {
        drafts[index] = await open(item);
      } catch (error) {
        if (isConnectionError(error)) throw error;
        const { name, category } = item;
        refused.push({ name, category, problem: toRecordError(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return { drafts: drafts.filter((draft) => draft !== undefined), refused };
}
