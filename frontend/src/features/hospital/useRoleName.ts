import type { Member } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";

/** Words for what a member is: "Doctor, internal medicine". */
export function useRoleName() {
  const { t } = useTranslation(["hospital", "specialities"]);
  return ({ role, speciality }: Pick<Member, "role" | "speciality">): string => {
    const name = t(`common:role.${role}`);
    return speciality === 0
      ? name
      : t("roleWithSpeciality", { role: name, speciality: t(`specialities:${speciality}`) });
  };
}
