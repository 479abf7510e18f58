import { usePatientAccount } from "../../lib/acting/acting.ts";
import { shortHex } from "../../lib/format/address.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useReaders } from "../../lib/patient/useReaders.ts";

/** The doctors who may read the patient's messages now; undefined until that is known. */
export function useRecipients(): readonly { readonly value: string; readonly label: string }[] | undefined {
  const { data: hospitals } = useHospitals();
  return useReaders(usePatientAccount())?.map((account) => ({
    value: account,
    label: staffName(hospitals, account) ?? shortHex(account),
  }));
}
