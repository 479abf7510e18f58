import { sameAddress } from "@chartkey/sdk";
import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { hospitalName, staffName, useHospitals } from "../lib/hospitals/useHospitals.ts";
import { Address } from "./Address.tsx";

/** A person whose name the page knows from elsewhere, such as the patient of a chart. */
export interface KnownName {
  readonly account: string;
  readonly name: string;
}

/** Holds the person whose name the page knows. */
export const KnownNameContext = createContext<KnownName | null>(null);

/** Who an account is: you, a name from the hospitals' public directories or known to the page, else its address. */
export function AccountName({ account }: { readonly account: string }) {
  const { t } = useTranslation();
  const { address } = useConnection();
  const { data } = useHospitals();
  const known = useContext(KnownNameContext);
  if (address && sameAddress(address, account)) return <>{t("you")}</>;
  const name = staffName(data, account) ?? (known && sameAddress(known.account, account) ? known.name : undefined);
  return name ? <bdi>{name}</bdi> : <Address value={account} />;
}

/** A hospital by the name that it gives itself, else by its number. */
export function HospitalName({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const { data } = useHospitals();
  return <bdi>{hospitalName(data, id) ?? t("standing.hospital", { id })}</bdi>;
}
