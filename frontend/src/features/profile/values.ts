import { buildPatient, type PatientProfile } from "@chartkey/sdk/records";

export const genders = ["female", "male", "other", "unknown"] as const satisfies readonly PatientProfile["gender"][];

/** The FHIR resource of a patient's profile. */
export type PatientResource = ReturnType<typeof buildPatient>;

/** The fields of the form; empty where nothing is said. */
export interface ProfileValues {
  readonly name: string;
  readonly birthDate: string;
  readonly gender: "" | (typeof genders)[number];
  readonly phone: string;
  readonly email: string;
}

/** Empty, or a day that is not in the future and at most 150 years ago. */
export function isBirthDate(value: string, today = new Date()): boolean {
  if (value === "") return true;
  const time = Date.parse(value);
  return !Number.isNaN(time) && time <= today.getTime() && time > today.getTime() - 150 * 366 * 86_400_000;
}

/** Fills the form from the newest profile. A partial birth date cannot stand in a date field and is left out. */
export function fromResource(resource: PatientResource | undefined): ProfileValues {
  const contact = (system: string) => resource?.telecom?.find((point) => point.system === system)?.value ?? "";
  const birthDate = resource?.birthDate ?? "";
  return {
    name: resource?.name?.[0]?.text ?? "",
    birthDate: birthDate.length === 10 ? birthDate : "",
    gender: genders.find((gender) => gender === resource?.gender) ?? "",
    phone: contact("phone"),
    email: contact("email"),
  };
}

/** The profile as FHIR; a new version keeps the id, and a partial birth date that the form could not show. */
export function toResource(values: ProfileValues, before: PatientResource | undefined): PatientResource {
  const { name, gender, phone, email } = values;
  const partial = before?.birthDate !== undefined && before.birthDate.length < 10 ? before.birthDate : "";
  const birthDate = values.birthDate || partial;
  const resource = buildPatient({
    name,
    phone,
    email,
    ...(birthDate ? { birthDate } : {}),
    ...(gender ? { gender } : {}),
  });
  return before?.id === undefined ? resource : { ...resource, id: before.id };
}
