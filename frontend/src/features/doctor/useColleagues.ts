import { sameAddress } from "@chartkey/sdk";
import { useConnection } from "wagmi";
import { shortHex } from "../../lib/format/address.ts";
import { doctorValue, useDoctors, type ListedDoctor } from "../../lib/hospitals/useDoctors.ts";

/** Another doctor, as he is called. */
export interface Colleague extends ListedDoctor {
  readonly display: string;
}

export interface Colleagues {
  /** Undefined until they are known. */
  readonly doctors: readonly ListedDoctor[] | undefined;
  /** By `doctorValue`; undefined for nobody among them. */
  readonly find: (value: string) => Colleague | undefined;
}

/** The active doctors of accredited hospitals, but the connected one. */
export function useColleagues(): Colleagues {
  const { address = "" } = useConnection();
  const { data } = useDoctors();
  const doctors = data?.filter(({ account }) => !sameAddress(account, address));
  return {
    doctors,
    find: (value) => {
      const found = doctors?.find((doctor) => doctorValue(doctor) === value);
      return found && { ...found, display: found.name ?? shortHex(found.account) };
    },
  };
}
