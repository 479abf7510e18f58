import type { ExtractResource, Resource, ResourceType } from "@medplum/fhirtypes";
import { claim, coverage } from "./display/billing.ts";
import {
  appointment,
  carePlan,
  communication,
  encounter,
  goal,
  questionnaireResponse,
  serviceRequest,
  task,
} from "./display/care.ts";
import {
  allergy,
  clinicalImpression,
  condition,
  diagnosticReport,
  familyHistory,
  imagingStudy,
  immunization,
  media,
  observation,
  procedure,
  specimen,
} from "./display/clinical.ts";
import { auditEvent, binary, composition, consent, documentReference, provenance } from "./display/documents.ts";
import { generic } from "./display/generic.ts";
import {
  medication,
  medicationAdministration,
  medicationDispense,
  medicationRequest,
  medicationStatement,
} from "./display/medication.ts";
import { careTeam, device, patient, person, place, practitionerRole } from "./display/people.ts";
import type { Summary } from "./display/summary.ts";

type Views = { [T in ResourceType]?: (resource: ExtractResource<T>) => Summary };

const views: Views = {
  AllergyIntolerance: allergy,
  Appointment: appointment,
  AuditEvent: auditEvent,
  Binary: binary,
  CarePlan: carePlan,
  CareTeam: careTeam,
  Claim: claim,
  ClinicalImpression: clinicalImpression,
  Communication: communication,
  Composition: composition,
  Condition: condition,
  Consent: consent,
  Coverage: coverage,
  Device: device,
  DiagnosticReport: diagnosticReport,
  DocumentReference: documentReference,
  Encounter: encounter,
  ExplanationOfBenefit: claim,
  FamilyMemberHistory: familyHistory,
  Goal: goal,
  HealthcareService: place,
  ImagingStudy: imagingStudy,
  Immunization: immunization,
  Location: place,
  Media: media,
  Medication: medication,
  MedicationAdministration: medicationAdministration,
  MedicationDispense: medicationDispense,
  MedicationRequest: medicationRequest,
  MedicationStatement: medicationStatement,
  Observation: observation,
  Organization: place,
  Patient: patient,
  Person: person,
  Practitioner: person,
  PractitionerRole: practitionerRole,
  Procedure: procedure,
  Provenance: provenance,
  QuestionnaireResponse: questionnaireResponse,
  RelatedPerson: person,
  ServiceRequest: serviceRequest,
  Specimen: specimen,
  Task: task,
};

/**
 * What a person needs to see of a valid resource: title, date, value, status and labelled lines, all plain text. A resource of any
 * type has a title: without anything better, the name of its type.
 */
export function summarize(resource: Resource): Summary {
  // The table pairs each type with a view of that very type, which the compiler cannot follow through an index.
  const view = views[resource.resourceType] as ((resource: Resource) => Summary) | undefined;
  return (view ?? generic)(resource);
}
