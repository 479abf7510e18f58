import type { Actor } from "@chartkey/sdk/records";
import { useConnection } from "wagmi";
import { shortHex } from "../../lib/format/address.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";

/** The connected doctor as records name him: by the public directory, else by the short address. */
export function useAuthor(): Actor {
  const { address = "" } = useConnection();
  const { data } = useHospitals();
  return { display: staffName(data, address) ?? shortHex(address) };
}
