import { type ChartResource, type Timeline, findResources } from "@chartkey/sdk";
import { resourceKey } from "@chartkey/sdk/records";

/** What can be read of a chart as FHIR, oldest first. */
export function readable({ entries }: Pick<Timeline, "entries">): ChartResource[] {
  return entries.toReversed().flatMap(({ records }) => records.flatMap((record) => findResources(record) ?? []));
}

/** Recognizes the same version of a resource under the same URL. */
export async function keyOf({ resource, fullUrl }: ChartResource): Promise<string> {
  return `${await resourceKey(resource)}|${fullUrl ?? ""}`;
}
