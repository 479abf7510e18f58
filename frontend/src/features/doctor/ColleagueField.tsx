import { useTranslation } from "react-i18next";
import { DoctorField } from "../../components/DoctorField.tsx";
import { Loading } from "../../components/Loading.tsx";
import type { Colleagues } from "./useColleagues.ts";

/** Names the doctor whom a referral asks; a referral may leave him open. Comes when the doctors are known, with the one of a draft chosen. */
export function ColleagueField({ colleagues: { doctors } }: { readonly colleagues: Colleagues }) {
  const { t } = useTranslation("doctor");
  if (!doctors) return <Loading />;
  return <DoctorField name="colleague" label={t("write.referral.colleague")} doctors={doctors} />;
}
