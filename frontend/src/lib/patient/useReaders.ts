import { categories } from "@chartkey/sdk/records";
import type { Address } from "viem";
import { hasCategory } from "../format/categories.ts";
import { useNow } from "../format/useNow.ts";
import { grantState } from "./grants.ts";
import { useGrantsOf } from "./useGrants.ts";

/** The accounts that a patient lets read messages now; undefined until that is known. */
export function useReaders(patient: Address | undefined): readonly Address[] | undefined {
  const { data } = useGrantsOf(patient);
  const now = useNow();
  return data?.grants
    .filter((grant) => grantState(grant, now) === "active" && hasCategory(grant.read, categories.correspondence))
    .map(({ grantee }) => grantee);
}
