import { type UnlockedSession, readTimeline } from "@chartkey/sdk";
import { buildBundle } from "@chartkey/sdk/records";
import type { Address } from "viem";
import { readable } from "./chart.ts";

/** A FHIR Bundle of everything that the account can read of a chart, each resource as it was imported. */
export async function exportFhir(session: UnlockedSession, patient: Address) {
  const { resources, unreadable } = readable(await readTimeline(session, patient));
  const bundle = buildBundle(resources, { timestamp: new Date().toISOString() });
  return { text: `${JSON.stringify(bundle, null, 2)}\n`, resources: resources.length, unreadable };
}
