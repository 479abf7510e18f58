/** Resource types of other FHIR releases that R4 (4.0.1) does not know, by the release that has them. */
const otherReleases: Record<string, string> = {
  "FHIR DSTU2":
    "BodySite Conformance DiagnosticOrder MedicationOrder Order OrderResponse ProcedureRequest ReferralRequest DeviceComponent DeviceUseRequest",
  "FHIR STU3":
    "DataElement EligibilityRequest EligibilityResponse ExpansionProfile ImagingManifest ProcessRequest ProcessResponse Sequence ServiceDefinition",
  "FHIR R4B or R5":
    "AdministrableProductDefinition Citation ClinicalUseDefinition EvidenceReport Ingredient ManufacturedItemDefinition " +
    "MedicinalProductDefinition NutritionProduct PackagedProductDefinition RegulatedAuthorization SubscriptionStatus SubscriptionTopic " +
    "SubstanceDefinition",
  "FHIR R5":
    "ActorDefinition ArtifactAssessment BiologicallyDerivedProductDispense ConditionDefinition DeviceAssociation DeviceDispense DeviceUsage " +
    "EncounterHistory FormularyItem GenomicStudy ImagingSelection InventoryItem InventoryReport MedicationUsage NutritionIntake Permission " +
    "Requirements TestPlan Transport",
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string";
const isPresent = (value: unknown): boolean => value !== undefined;

/** Elements by which a resource of another release gives itself away: `*` stands for every type. */
const signs: [type: string, element: string, test: (value: unknown) => boolean, release: string][] = [
  ["AllergyIntolerance", "clinicalStatus", isText, "FHIR STU3"],
  ["Condition", "clinicalStatus", isText, "FHIR STU3"],
  ["Immunization", "notGiven", isPresent, "FHIR STU3"],
  ["Immunization", "date", isPresent, "FHIR STU3"],
  ["MedicationStatement", "taken", isPresent, "FHIR STU3"],
  ["MedicationStatement", "notTaken", isPresent, "FHIR STU3"],
  ["Patient", "animal", isPresent, "FHIR STU3"],
  ["Procedure", "notDone", isPresent, "FHIR STU3"],
  ["AllergyIntolerance", "type", isObject, "FHIR R5"],
  ["Encounter", "class", Array.isArray, "FHIR R5"],
  ["Encounter", "actualPeriod", isPresent, "FHIR R5"],
  ["Encounter", "admission", isPresent, "FHIR R5"],
  ["Condition", "participant", isPresent, "FHIR R5"],
  ["Procedure", "occurrenceDateTime", isPresent, "FHIR R5"],
  ["Observation", "triggeredBy", isPresent, "FHIR R5"],
  ["Consent", "grantor", isPresent, "FHIR R5"],
  ["*", "medication", isObject, "FHIR R5"],
  ["*", "context", isObject, "FHIR STU3"],
];

/** The FHIR release that has this resource type, when it is not R4. */
export function releaseOfType(resourceType: string): string | undefined {
  return Object.keys(otherReleases).find((release) => otherReleases[release]?.split(" ").includes(resourceType));
}

/** The release a resource that is not valid R4 seems to be written in, from what only that release has. */
export function releaseOfResource(resource: Record<string, unknown>): string | undefined {
  const type = resource["resourceType"];
  const found = signs.find(
    ([of, element, test]) => (of === "*" || of === type) && Object.hasOwn(resource, element) && test(resource[element]),
  );
  return found?.[3] || undefined;
}
