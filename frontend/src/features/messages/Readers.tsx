import { sameAddress } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { useConnection } from "wagmi";
import { shortHex } from "../../lib/format/address.ts";
import { formatList } from "../../lib/format/list.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useReaders } from "../../lib/patient/useReaders.ts";

/** Who reads what is signed here: not the addressees alone. */
export function Readers({ patient, whose }: { readonly patient: Address; readonly whose: "own" | "patient" }) {
  const { t } = useTranslation("messages");
  const locale = useLocale();
  const readers = useReaders(patient);
  const { address } = useConnection();
  const { data: hospitals } = useHospitals();
  if (!readers) return <>{t("readers.unknown")}</>;
  const others = readers.filter((account) => address === undefined || !sameAddress(account, address));
  const names = others.map((account) => staffName(hospitals, account) ?? shortHex(account));
  return (
    <>
      {names.length === 0
        ? t(`readers.${whose}Alone`)
        : t(`readers.${whose}`, { names: formatList(names, locale), category: t("common:category.9") })}{" "}
      {t("readers.notTold")}
    </>
  );
}
