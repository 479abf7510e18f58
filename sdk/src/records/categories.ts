import type { Condition, Resource, ResourceType } from "@medplum/fhirtypes";
import { exportedFileCategory } from "./export-marks.ts";

/** Record categories with the numbers of docs/protocol.md; bit `n` of a scope stands for category `n`. */
export const categories = {
  administrative: 1,
  notes: 2,
  history: 3,
  medication: 4,
  diagnosis: 5,
  immunization: 6,
  results: 7,
  appointment: 8,
  correspondence: 9,
} as const;

export type CategoryName = keyof typeof categories;
export type Category = (typeof categories)[CategoryName];

const categoryNames = new Map<number, CategoryName>(
  Object.entries(categories).map(([name, number]) => [number, name as CategoryName]),
);

/** Name of a category number, or undefined for a number that is none. */
export function categoryName(category: number): CategoryName | undefined {
  return categoryNames.get(category);
}

/**
 * Who may read which resource is decided by its category, so a resource that says something about health never falls into
 * `administrative`. Persons, places, money, permissions and definitions are administrative; that is also the default.
 * Condition is not listed: see `categoryOf`.
 */
const resourceTypes: Record<Exclude<CategoryName, "administrative">, readonly ResourceType[]> = {
  notes: [
    "Binary",
    "CarePlan",
    "CareTeam",
    "ClinicalImpression",
    "Composition",
    "DetectedIssue",
    "DocumentManifest",
    "DocumentReference",
    "EpisodeOfCare",
    "Flag",
    "Goal",
    "GuidanceResponse",
    "List",
    "NutritionOrder",
    "RequestGroup",
    "RiskAssessment",
    "VisionPrescription",
  ],
  history: [
    "AdverseEvent",
    "AllergyIntolerance",
    "BodyStructure",
    "Device",
    "DeviceRequest",
    "DeviceUseStatement",
    "FamilyMemberHistory",
    "Procedure",
    "SupplyDelivery",
    "SupplyRequest",
  ],
  medication: [
    "Medication",
    "MedicationAdministration",
    "MedicationDispense",
    "MedicationKnowledge",
    "MedicationRequest",
    "MedicationStatement",
  ],
  diagnosis: [],
  immunization: ["Immunization", "ImmunizationEvaluation", "ImmunizationRecommendation"],
  results: [
    "BiologicallyDerivedProduct",
    "DeviceMetric",
    "DiagnosticReport",
    "ImagingStudy",
    "Media",
    "MolecularSequence",
    "Observation",
    "ResearchSubject",
    "Specimen",
  ],
  appointment: ["Appointment", "AppointmentResponse", "QuestionnaireResponse", "Schedule", "Slot"],
  correspondence: ["Communication", "CommunicationRequest", "ServiceRequest", "Task"],
};

const categoryByType = new Map<ResourceType, Category>(
  Object.entries(resourceTypes).flatMap(([name, types]) =>
    types.map((type): [ResourceType, Category] => [type, categories[name as CategoryName]]),
  ),
);

/**
 * The category under which a resource is encrypted and shared. A Condition whose category is `encounter-diagnosis` is a diagnosis,
 * any other Condition (problem list, health concern, none) is history. A file of a chart that an export wrote as a resource has the category that
 * it had.
 */
export function categoryOf(resource: Resource): Category {
  const named = exportedFileCategory(resource);
  if (named !== undefined && Object.hasOwn(categories, named)) return categories[named as CategoryName];
  if (resource.resourceType === "Condition")
    return isEncounterDiagnosis(resource) ? categories.diagnosis : categories.history;
  return categoryByType.get(resource.resourceType) ?? categories.administrative;
}

function isEncounterDiagnosis(condition: Condition): boolean {
  return condition.category?.some(({ coding }) => coding?.some(({ code }) => code === "encounter-diagnosis")) ?? false;
}
