import type { CodeableConcept, Observation, Resource } from "@medplum/fhirtypes";
import { voidCode } from "../absence.ts";
import { type Category, categories } from "../categories.ts";
import { emergencyKind } from "../emergency-set.ts";

/** A section of an International Patient Summary (HL7 IPS 2.0.1) with its LOINC code. */
export interface Section {
  code: string;
  display: string;
  title: string;
  /** Stands in every summary, empty or not. */
  required?: boolean;
  /** Where records of this section are filed. */
  categories: readonly Category[];
  /** Whether a resource is shown here. */
  holds: (resource: Resource) => boolean;
  /** Of each code the newest three are shown: a summary has a trend, not a series. */
  newest?: true;
}

const codesOf = (concepts: readonly (CodeableConcept | undefined)[]) =>
  concepts.flatMap((concept) => (concept?.coding ?? []).map(({ code }) => code ?? ""));

const ofType =
  (...types: Resource["resourceType"][]) =>
  (resource: Resource) =>
    types.includes(resource.resourceType) && voidCode(resource) === undefined;

const isObservation = ofType("Observation");
const observed = (category: string) => (resource: Resource) =>
  isObservation(resource) && codesOf((resource as Observation).category ?? []).includes(category);
const isVitalSign = observed("vital-signs");
const isSocial = observed("social-history");
const isReport = ofType("DiagnosticReport");

const { administrative, notes, history, medication, diagnosis, immunization, results } = categories;

/** In the order of the document. */
export const SECTIONS: readonly Section[] = [
  {
    code: "11450-4",
    display: "Problem list - Reported",
    title: "Problems",
    required: true,
    categories: [diagnosis, history],
    holds: (resource) => emergencyKind(resource) === "diagnosis",
  },
  {
    code: "48765-2",
    display: "Allergies and adverse reactions Document",
    title: "Allergies and intolerances",
    required: true,
    categories: [history],
    holds: (resource) => emergencyKind(resource) === "allergy",
  },
  {
    code: "10160-0",
    display: "History of Medication use Narrative",
    title: "Medication summary",
    required: true,
    categories: [medication],
    holds: (resource) => emergencyKind(resource) === "medication",
  },
  {
    code: "11369-6",
    display: "History of Immunization note",
    title: "Immunizations",
    categories: [immunization],
    holds: ofType("Immunization"),
  },
  {
    code: "30954-2",
    display: "Relevant diagnostic tests/laboratory data note",
    title: "Results",
    categories: [results],
    holds: (resource) =>
      isReport(resource) || (isObservation(resource) && !isVitalSign(resource) && !isSocial(resource)),
    newest: true,
  },
  {
    code: "47519-4",
    display: "History of Procedures Document",
    title: "Procedures",
    categories: [history],
    holds: ofType("Procedure"),
  },
  {
    code: "46264-8",
    display: "History of medical device use",
    title: "Medical devices",
    categories: [history],
    holds: ofType("DeviceUseStatement"),
  },
  {
    code: "11348-0",
    display: "History of Past illness note",
    title: "Past problems",
    categories: [diagnosis, history],
    holds: (resource) => ofType("Condition")(resource) && emergencyKind(resource) === undefined,
  },
  {
    code: "8716-3",
    display: "Vital signs note",
    title: "Vital signs",
    categories: [results],
    holds: isVitalSign,
    newest: true,
  },
  {
    code: "29762-2",
    display: "Social history note",
    title: "Social history",
    categories: [results],
    holds: isSocial,
    newest: true,
  },
  {
    code: "10157-6",
    display: "History of family member diseases note",
    title: "Family history",
    categories: [history],
    holds: ofType("FamilyMemberHistory"),
  },
  {
    code: "18776-5",
    display: "Plan of care note",
    title: "Plan of care",
    categories: [notes, administrative],
    holds: ofType("CarePlan"),
  },
];
