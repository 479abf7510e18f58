import type { Bundle, MedicationRequest, Patient } from "@medplum/fhirtypes";
import { ChartkeyError } from "../errors.ts";
import { isJsonObject } from "./references.ts";

/** Who an order is for, as the prescriber names him. */
export interface OrderPatient {
  name: string;
  /** FHIR date; may be partial. */
  birthDate?: string;
}

/** One medicine of an order, in the words of its prescriber. */
export interface OrderedMedicine {
  /** Common name, strength and form. */
  medicine: string;
  /** How to take it. */
  dosage?: string;
  /** How much is handed out at one time. */
  quantity?: { value: number; unit?: string };
  /** What it is for. */
  reason?: string;
}

/** What an order says, for whoever hands it out or prints it. */
export interface OrderContent {
  patient?: OrderPatient;
  /** Name of the prescriber. */
  prescriber?: string;
  /** FHIR dateTime. */
  date?: string;
  /** In the order of the counts on the chain. */
  medicines: OrderedMedicine[];
}

/** Longest text that is taken from an order, in characters. */
const MAX_TEXT = 1000;

type Fields = Record<string, unknown>;

function fieldsOf(value: unknown): Fields {
  return isJsonObject(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, MAX_TEXT) : undefined;
}

function firstOf(value: unknown): Fields {
  return fieldsOf(Array.isArray(value) ? value[0] : undefined);
}

function conceptOf(value: unknown): string | undefined {
  const concept = fieldsOf(value);
  const { display, code } = firstOf(concept["coding"]);
  return textOf(concept["text"]) ?? textOf(display) ?? textOf(code);
}

function quantityOf(request: Fields): OrderedMedicine["quantity"] {
  const { value, unit } = fieldsOf(fieldsOf(request["dispenseRequest"])["quantity"]);
  if (typeof value !== "number" || !(value > 0)) return undefined;
  const words = textOf(unit);
  return words === undefined ? { value } : { value, unit: words };
}

function medicineOf(request: Fields): OrderedMedicine | undefined {
  const medicine = conceptOf(request["medicationCodeableConcept"]);
  if (medicine === undefined) return undefined;
  const dosage = textOf(firstOf(request["dosageInstruction"])["text"]);
  const quantity = quantityOf(request);
  const reason = conceptOf(firstOf(request["reasonCode"]));
  return {
    medicine,
    ...(dosage === undefined ? {} : { dosage }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function patientOf(resources: readonly Fields[], request: Fields): OrderPatient | undefined {
  const profile = fieldsOf(resources.find(({ resourceType }) => resourceType === "Patient"));
  const name = textOf(firstOf(profile["name"])["text"]) ?? textOf(fieldsOf(request["subject"])["display"]);
  const birthDate = textOf(profile["birthDate"]);
  return name === undefined ? undefined : { name, ...(birthDate === undefined ? {} : { birthDate }) };
}

/**
 * Reads an order, or the pharmacy's copy of one. Whoever wrote it chose these values: they are taken as plain text of limited length.
 * Throws `ORDER_UNREADABLE` when a medicine has no name, or there is none.
 */
export function readOrderContent(bundle: unknown): OrderContent {
  const entries = fieldsOf(bundle)["entry"];
  const resources = (Array.isArray(entries) ? entries : []).map((entry) => fieldsOf(fieldsOf(entry)["resource"]));
  const requests = resources.filter(({ resourceType }) => resourceType === "MedicationRequest");
  const medicines = requests.map(medicineOf).filter((medicine) => medicine !== undefined);
  const [request] = requests;
  if (request === undefined || medicines.length !== requests.length)
    throw new ChartkeyError(
      "ORDER_UNREADABLE",
      "This prescription does not name its medicines in a way that can be shown. Ask its doctor to write it again.",
    );
  const patient = patientOf(resources, request);
  const prescriber = textOf(fieldsOf(request["requester"])["display"]);
  const date = textOf(request["authoredOn"]);
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(prescriber === undefined ? {} : { prescriber }),
    ...(date === undefined ? {} : { date }),
    medicines,
  };
}

/**
 * The pharmacy's copy of an order: for whom, by whom, and the medicines with their dosage and quantity. Reasons, notes and whatever
 * else the order holds stay in the chart.
 */
export function pharmacyCopy({ patient, prescriber, date, medicines }: OrderContent): Bundle {
  const person: Patient[] =
    patient === undefined
      ? []
      : [
          {
            resourceType: "Patient",
            name: [{ text: patient.name }],
            ...(patient.birthDate === undefined ? {} : { birthDate: patient.birthDate }),
          },
        ];
  const requests = medicines.map(({ medicine, dosage, quantity }): MedicationRequest => ({
    resourceType: "MedicationRequest",
    status: "active",
    intent: "order",
    medicationCodeableConcept: { text: medicine },
    subject: patient === undefined ? {} : { display: patient.name },
    ...(date === undefined ? {} : { authoredOn: date }),
    ...(prescriber === undefined ? {} : { requester: { display: prescriber } }),
    ...(dosage === undefined ? {} : { dosageInstruction: [{ text: dosage }] }),
    ...(quantity === undefined ? {} : { dispenseRequest: { quantity } }),
  }));
  return {
    resourceType: "Bundle",
    type: "collection",
    entry: [...person, ...requests].map((resource) => ({ resource })),
  };
}
