/** FHIR R4 records: reading files, validation, categories, display and building. Runs in browsers and in Node, loads no other part. */
export { readBundle, scanFhir } from "./bundle.ts";
export {
  type FhirSource,
  type ImportItem,
  type ImportNote,
  type ImportReport,
  type ImportResult,
  type NoteCount,
  type ReadOptions,
  type ScannedFile,
  buildBundle,
  toNdjson,
} from "./import.ts";
export {
  type Actor,
  type Diagnosis,
  type PatientProfile,
  type Prescription,
  DIAGNOSIS_CERTAINTIES,
  type DiagnosisCertainty,
  buildDiagnosis,
  buildNote,
  buildPatient,
  buildPrescription,
  buildProvenance,
  buildSymptoms,
  newFullUrl,
} from "./builders.ts";
export {
  BLOOD_PRESSURE,
  type BloodPressure,
  PRESSURES,
  type Pressure,
  buildBloodPressure,
  pressuresOf,
} from "./blood-pressure.ts";
export { type Attached, attachedBytes, attachedSize, attachmentsOf } from "./attachments.ts";
export { type DicomLine, readDicomHeader } from "./dicom.ts";
export { type Prose, proseOf } from "./narratives.ts";
export { type Bill, type BilledService, buildBill } from "./billing.ts";
export { CURRENCIES, amountDecimals, amountText, currencyDecimals, sumAmounts } from "./money.ts";
export {
  type Answered,
  type Message,
  answeredBy,
  buildAllergy,
  buildImmunization,
  buildMessage,
  buildReferral,
  buildReport,
} from "./care-builders.ts";
export { accountIdentifier, accountOfReference } from "./account-identifier.ts";
export { type RecordPlace, placeOfUrl, recordUrl } from "./record-url.ts";
export { COMMON_TESTS, COMMON_UNITS, type CommonTest, TERMINOLOGY_NOTICES } from "./common-tests.ts";
export { CODED_SUBJECTS, type CodedSubject, type ListedCode, codeNotices, loadCodes } from "./code-lists.ts";
export { type Measurement, buildMeasurement, fitsTest, isNeverNegative } from "./measurement.ts";
export type { Anchor, RecordAnchor } from "./anchor.ts";
export { type GrantRecord, buildConsent } from "./consents.ts";
export { CATEGORY_SYSTEM, isOfExport } from "./export-marks.ts";
export { type ChartFileContent, buildFileResource, readFileResource } from "./file-resource.ts";
export { type Origin, buildRecordProvenance } from "./provenances.ts";
export { ACCESS_ACTS, type AccessAct, type AccessLine, accessLogCsv, buildAuditBundle } from "./access-log.ts";
export { type CsvRow, parseCsv, toCsv } from "./csv.ts";
export { canonicalJson, resourceKey } from "./canonical.ts";
export { type Category, type CategoryName, categories, categoryName, categoryOf } from "./categories.ts";
export { type Absence, absenceOf, voidCode, withoutNone } from "./absence.ts";
export { isFrame } from "./frame.ts";
export { summarize } from "./display.ts";
export { systemName } from "./display/text.ts";
export { essentialsOf } from "./summary/narrative.ts";
export type { Interpretation, Summary, SummaryLine, SummaryValue } from "./display/summary.ts";
export {
  EMERGENCY_KINDS,
  type EmergencyDetails,
  type EmergencyItem,
  type EmergencyKind,
  type EmergencySet,
  MAX_EMERGENCY_TEXT,
  type ReadEmergencySet,
  buildEmergencySet,
  emergencyKind,
  readEmergencySet,
} from "./emergency-set.ts";
export { type JsonIssue, type JsonLimits, type ParsedJson, defaultJsonLimits, parseJson } from "./json.ts";
export { MAX_NOTES, NoteList } from "./notes.ts";
export { type OrderContent, type OrderedMedicine, readOrderContent } from "./order-content.ts";
export type { StructureIssue } from "./shape.ts";
export { type PatientSummary, type SummaryGap, buildPatientSummary, summarySections } from "./summary/document.ts";
export { type Validator, loadValidator } from "./validate.ts";
