import { categories } from "@chartkey/sdk/records";
import { shortHex } from "../../lib/format/address.ts";
import { hasCategory } from "../../lib/format/categories.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { grantState } from "../../lib/patient/grants.ts";
import { useGrants } from "../../lib/patient/useGrants.ts";

/** The doctors who may read the patient's messages now; undefined until that is known. */
export function useRecipients(): readonly { readonly value: string; readonly label: string }[] | undefined {
  const { data } = useGrants();
  const { data: hospitals } = useHospitals();
  const now = useNow();
  return data?.grants
    .filter((grant) => grantState(grant, now) === "active" && hasCategory(grant.read, categories.correspondence))
    .map(({ grantee }) => ({ value: grantee, label: staffName(hospitals, grantee) ?? shortHex(grantee) }));
}
