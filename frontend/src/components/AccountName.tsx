import { sameAddress } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { hospitalName, staffName, useHospitals } from "../lib/hospitals/useHospitals.ts";
import { Address } from "./Address.tsx";

/** Who an account is: you, a name from the hospitals' public directories, else its address. */
export function AccountName({ account }: { readonly account: string }) {
  const { t } = useTranslation();
  const { address } = useConnection();
  const { data } = useHospitals();
  if (address && sameAddress(address, account)) return <>{t("you")}</>;
  const name = staffName(data, account);
  return name ? <bdi>{name}</bdi> : <Address value={account} />;
}

/** A hospital by the name that it gives itself, else by its number. */
export function HospitalName({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const { data } = useHospitals();
  return <bdi>{hospitalName(data, id) ?? t("standing.hospital", { id })}</bdi>;
}
