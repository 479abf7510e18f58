import { MAX_EMERGENCY_TEXT, type EmergencyDetails } from "@chartkey/sdk/records";

/** What the form holds of the person; empty for what is not said. */
export interface DetailValues {
  name: string;
  birthDate: string;
  bloodGroup: string;
  contactName: string;
  phone: string;
  note: string;
}

/** Nothing is said of a person who has not said it: not even the name. */
export function toValues({ contact, ...details }: EmergencyDetails = {}): DetailValues {
  const empty = { name: "", birthDate: "", bloodGroup: "", note: "" };
  return { ...empty, ...details, contactName: contact?.name ?? "", phone: contact?.phone ?? "" };
}

/** The details as they go into a set; whom to call is said with a number or not at all. */
export function toDetails({ phone, contactName, ...texts }: DetailValues): EmergencyDetails {
  const said = Object.entries(texts)
    .map(([key, value]) => [key, value.trim().slice(0, MAX_EMERGENCY_TEXT)] as const)
    .filter(([, value]) => value !== "");
  const name = contactName.trim();
  const contact = phone.trim() === "" ? {} : { contact: { phone: phone.trim(), ...(name === "" ? {} : { name }) } };
  return { ...Object.fromEntries(said), ...contact };
}
