import type { Hex } from "viem";
import type { Chart } from "./controlled-chart.ts";
import type { RecordReference } from "./corrections.ts";
import { hasOwnSet } from "./emergency-card.ts";
import { recordKey } from "./notices.ts";
import type { UnlockedSession } from "./session.ts";
import { isHandedOut, sharesOf } from "./shares.ts";

/** Where a record may be seen though it was taken from its readers: none of it ended with that. */
export interface Elsewhere {
  /** Notices of shares of it that are in force: `withdrawShare` ends each. */
  shares: Hex[];
  /** Whether an emergency set is in force: made before, it may have the record until the patient publishes or withdraws it. */
  emergencySet: boolean;
}

/** Throws what the chain throws. @param except a share that is being ended */
export async function elsewhereOf(
  session: UnlockedSession,
  chart: Chart,
  record: RecordReference,
  except?: Hex,
): Promise<Elsewhere> {
  const others = sharesOf(chart).filter((share) => share.notice !== except && isHandedOut(share));
  const shares = others.filter((share) => recordKey(share.record) === recordKey(record)).map(({ notice }) => notice);
  return { shares, emergencySet: await hasOwnSet(session) };
}
