import { useTranslation } from "react-i18next";
import { useFormContext, useWatch } from "react-hook-form";
import { shortHex } from "../lib/format/address.ts";
import { doctorValue, type ListedDoctor } from "../lib/hospitals/useDoctors.ts";
import { Address } from "./Address.tsx";
import { SelectField } from "./fields/SelectField.tsx";

export interface DoctorFieldProps {
  readonly name: string;
  readonly label: string;
  readonly doctors: readonly ListedDoctor[];
  /** Words of a last choice, `OTHER_ACCOUNT`: somebody whom no hospital lists. */
  readonly other?: string;
}

/** Value of the choice of somebody else. */
export const OTHER_ACCOUNT = "other";

/** Chooses a doctor by name, speciality and hospital; the chosen one stands below, with the address to be compared. */
export function DoctorField({ name, label, doctors, other }: DoctorFieldProps) {
  const { t } = useTranslation(["directory", "specialities"]);
  const { control } = useFormContext();
  const chosen: unknown = useWatch({ control, name });
  const doctor = doctors.find((candidate) => doctorValue(candidate) === chosen);
  const wordsOf = ({ account, hospital, hospitalName, name: own, speciality }: ListedDoctor) => [
    own ?? shortHex(account),
    ...(speciality > 0 ? [t(`specialities:${speciality}`)] : []),
    hospitalName ?? t("common:standing.hospital", { id: hospital }),
  ];
  const options = doctors.map((candidate) => ({
    value: doctorValue(candidate),
    label: wordsOf(candidate).join(t("common:comma")),
  }));
  return (
    <SelectField
      name={name}
      label={label}
      placeholder={doctors.length === 0 ? t("noDoctors") : t("chooseDoctor")}
      options={other === undefined ? options : [...options, { value: OTHER_ACCOUNT, label: other }]}
      {...(doctor ? { hint: <Chosen words={wordsOf(doctor)} account={doctor.account} /> } : {})}
    />
  );
}

/** The chosen doctor whole: a narrow screen cuts what stands in the field. */
function Chosen({ words, account }: { readonly words: readonly string[]; readonly account: ListedDoctor["account"] }) {
  return (
    <>
      {words.map((word) => (
        <span key={word} className="d-block">
          <bdi>{word}</bdi>
        </span>
      ))}
      <Address value={account} />
    </>
  );
}
