import { payloadJson, type KeptDraft, type Outbox, type UnlockedSession } from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { FHIR_JSON, resourcesOf } from "../../lib/chart/content.ts";

/** What a draft is about: its resources, or the name of its file. */
export interface DraftContent {
  readonly resources: ReturnType<typeof resourcesOf>;
  readonly file?: string;
}

/** Resources that only accompany others. */
const COMPANIONS = ["Provenance", "Coverage"];

/** Opens what a draft holds, as far as it is kept with it. Throws what `Outbox.read` throws. */
export async function readDraft(outbox: Outbox, session: UnlockedSession, { id }: KeptDraft): Promise<DraftContent> {
  const opened = await outbox.read(session, id);
  if (opened === undefined) return { resources: [] };
  const { contentType, title } = opened.meta;
  if (contentType !== FHIR_JSON) return { resources: [], ...(typeof title === "string" ? { file: title } : {}) };
  const found = resourcesOf(payloadJson(opened.data), await loadValidator());
  const named = found.filter(({ resource }) => !COMPANIONS.includes(resource.resourceType));
  return { resources: named.length > 0 ? named : found };
}
