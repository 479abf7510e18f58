import type { summarize, Validator } from "@chartkey/sdk/records";

/** What a patient wrote when booking. */
export interface VisitRequest {
  /** How the patient names himself in it. */
  readonly name?: string;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  /** Code of why nothing can be shown. */
  readonly problem?: string;
}

/** What stands for a patient without a name is an address, short or as CAIP-10: no name. */
const ADDRESS = /^(0x|eip155:)/;

type Resource = Parameters<typeof summarize>[0];

/** Reads a decrypted request; anything but a valid QuestionnaireResponse is a problem, not a text to be shown. */
export function readRequest(json: unknown, validator: Validator): VisitRequest {
  if (json === undefined) return { answers: [] };
  const resource = json as Resource;
  if (typeof json !== "object" || json === null || resource.resourceType !== "QuestionnaireResponse")
    return { answers: [], problem: "PAYLOAD_MALFORMED" };
  if (validator.validate(resource).length > 0) return { answers: [], problem: "PAYLOAD_MALFORMED" };
  const answers = (resource.item ?? []).flatMap(({ text, linkId, answer }) => {
    const words = (answer ?? []).flatMap(({ valueString }) => (valueString ? [valueString] : []));
    return words.length > 0 ? [{ question: text ?? linkId, answer: words.join(", ") }] : [];
  });
  const name = resource.subject?.display;
  return name && !ADDRESS.test(name) ? { name, answers } : { answers };
}
