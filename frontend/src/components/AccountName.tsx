import { sameAddress } from "@chartkey/sdk";
import { type ReactNode, createContext, useContext } from "react";
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

/** Who an account is: you, or a name from the hospitals' public directories or known to the page; undefined without one. */
function useAccountName(account: string): ReactNode {
  const { t } = useTranslation();
  const { address } = useConnection();
  const { data } = useHospitals();
  const known = useContext(KnownNameContext);
  if (address && sameAddress(address, account)) return t("you");
  const name = staffName(data, account) ?? (known && sameAddress(known.account, account) ? known.name : undefined);
  return name && <bdi>{name}</bdi>;
}

/** Who an account is by name, else its address. */
export function AccountName({ account }: { readonly account: string }) {
  return useAccountName(account) ?? <Address value={account} />;
}

/** Who an account is by name, and its address all the same: a name is what a hospital says, the address is what is signed. */
export function NamedAddress({ account }: { readonly account: string }) {
  return (
    <>
      {useAccountName(account)} <Address value={account} />
    </>
  );
}

/** A hospital by the name that it gives itself, else by its number. */
export function HospitalName({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const { data } = useHospitals();
  return <bdi>{hospitalName(data, id) ?? t("standing.hospital", { id })}</bdi>;
}
