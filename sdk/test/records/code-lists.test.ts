import { describe, expect, it } from "vitest";
import {
  CODED_SUBJECTS,
  buildAllergy,
  buildDiagnosis,
  buildImmunization,
  buildPrescription,
  codeNotices,
  loadCodes,
  loadValidator,
  summarize,
  systemName,
  type ListedCode,
} from "../../src/records/index.ts";
import { sharedFiles } from "./files.ts";

const bySubject = Object.fromEntries(
  await Promise.all(CODED_SUBJECTS.map(async (subject) => [subject, await loadCodes(subject)] as const)),
) as Record<(typeof CODED_SUBJECTS)[number], readonly ListedCode[]>;
const every = Object.values(bySubject).flat();

const SNOMED = "http://snomed.info/sct";
const RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
const CVX = "http://hl7.org/fhir/sid/cvx";
const ICD = "http://hl7.org/fhir/sid/icd-10-cm";

/** Rows of the permutation by which Verhoeff's check digit weighs a place (SNOMED CT Release File Specification, 6.4). */
const PERMUTATION = Array.from({ length: 8 }).reduce<number[][]>(
  (rows) => [...rows, rows.at(-1)!.map((digit) => [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][digit]!)],
  [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
);

/** The product of two elements of the dihedral group of order ten. */
function product(left: number, right: number): number {
  if (left < 5) return right < 5 ? (left + right) % 5 : ((left + right - 5) % 5) + 5;
  return right < 5 ? ((left - 5 - right + 5) % 5) + 5 : (left - right + 5) % 5;
}

const isVerhoeff = (code: string) =>
  [...code].reverse().reduce((check, digit, place) => product(check, PERMUTATION[place % 8]![Number(digit)]!), 0) === 0;

/** A concept identifier: its partition says that it is one, of the core or of an extension. */
const isConceptId = (code: string) => /^[1-9]\d{2,14}[01]0\d$/.test(code) && isVerhoeff(code);

const forms: Record<string, (code: string) => boolean> = {
  [SNOMED]: isConceptId,
  [RXNORM]: (code) => /^[1-9]\d{2,6}$/.test(code),
  [CVX]: (code) => /^(0[1-9]|[1-9]\d|[1-9]\d\d)$/.test(code),
  [ICD]: (code) => /^[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?$/.test(code),
};

describe("the codes that forms offer", () => {
  it("are many of each, and fewer than a form can search at once", () => {
    const counts = Object.entries(bySubject).map(([subject, codes]) => [subject, codes.length]);
    expect(Object.fromEntries(counts)).toEqual({
      diagnosis: expect.any(Number),
      medicine: 506,
      vaccine: 257,
      allergy: 376,
    });
    expect(bySubject.diagnosis.length).toBeGreaterThan(14_000);
    expect(bySubject.diagnosis.length).toBeLessThan(16_000);
  });

  it("are of their system's form, the check digits of SNOMED CT right", () => {
    expect(isConceptId("73211009")).toBe(true);
    for (const wrong of ["73211008", "72311009", "73211011"]) expect(isConceptId(wrong), wrong).toBe(false);
    const malformed = every.filter(({ system, code }) => !forms[system]?.(code));
    expect(malformed).toEqual([]);
  });

  it("are each named once for a subject, by a name without loose ends", () => {
    for (const [subject, codes] of Object.entries(bySubject)) {
      const keys = codes.map(({ system, code }) => `${system}|${code}`);
      expect(new Set(keys).size, subject).toBe(keys.length);
    }
    expect(every.filter(({ display }) => !/^\S(.*\S)?$/.test(display) || /\s\s|&\w+;/.test(display))).toEqual([]);
  });

  it("are told apart by their names, those of one system for one subject", () => {
    for (const [subject, codes] of Object.entries(bySubject)) {
      const names = codes.map(({ system, display }) => `${system}|${display.toLowerCase()}`);
      expect(
        names.filter((name, at) => names.indexOf(name) !== at),
        subject,
      ).toEqual([]);
    }
  });

  it("come with the notices of every system that they are of", () => {
    for (const [subject, codes] of Object.entries(bySubject)) {
      const notices = codeNotices(subject as keyof typeof bySubject).join("\n");
      for (const system of new Set(codes.map((each) => each.system)))
        expect(notices, subject).toContain(system === SNOMED ? "SNOMED International" : systemName(system));
    }
  });

  it.each([
    ["diagnosis", SNOMED, "44054006", "Type 2 diabetes mellitus"],
    ["diagnosis", ICD, "I10", "Essential (primary) hypertension"],
    ["diagnosis", ICD, "J45.909", "Unspecified asthma, uncomplicated"],
    ["medicine", RXNORM, "314076", "lisinopril 10 MG Oral Tablet"],
    ["medicine", RXNORM, "1656354", "sacubitril 97 MG / valsartan 103 MG Oral Tablet"],
    ["medicine", RXNORM, "6809", "metformin"],
    ["vaccine", CVX, "03", "MMR"],
    ["vaccine", CVX, "09", "Td (adult), 2 Lf tetanus toxoid, preservative free, adsorbed"],
    ["allergy", SNOMED, "91936005", "Allergy to penicillin"],
    ["allergy", RXNORM, "1191", "aspirin"],
  ] as const)("have for %s: %s %s", (subject, system, code, display) => {
    expect(bySubject[subject]).toContainEqual({ system, code, display });
  });

  it("become codings of valid resources, which are read as their names and show their codes", async () => {
    const validator = await loadValidator();
    const written = { patient: { display: "Ananya" }, author: { display: "Dr Okafor" }, date: "2026-11-26T09:00:00Z" };
    const first = (subject: keyof typeof bySubject) => bySubject[subject][0]!;
    const { diagnosis, medicine, vaccine, allergy } = {
      ...{ diagnosis: first("diagnosis"), medicine: first("medicine") },
      ...{ vaccine: first("vaccine"), allergy: first("allergy") },
    };
    const resources = [
      { listed: diagnosis, resource: buildDiagnosis({ ...written, text: diagnosis.display, coding: [diagnosis] }) },
      {
        listed: medicine,
        resource: buildPrescription({ ...written, medicine: medicine.display, coding: [medicine], dosage: "1" }),
      },
      { listed: vaccine, resource: buildImmunization({ ...written, vaccine: vaccine.display, coding: [vaccine] }) },
      { listed: allergy, resource: buildAllergy({ ...written, substance: allergy.display, coding: [allergy] }) },
    ];
    for (const { listed, resource } of resources) {
      expect(validator.validate(resource), resource.resourceType).toEqual([]);
      const { title, lines } = summarize(resource);
      expect(title).toBe(listed.display);
      expect(JSON.stringify(lines)).toContain(`${systemName(listed.system)} ${listed.code}`);
    }
  });
});

/** The words of a name that tell one concept from another, without capitals and the form of a word; no abbreviations. */
function wordsOf(name: string): Set<string> {
  const words = (name.match(/[a-z]{4,}/gi) ?? []).filter((word) => word !== word.toUpperCase());
  return new Set(words.map((word) => word.toLowerCase().slice(0, 5)));
}

/** Every coding with a display anywhere in a resource. */
function codingsOf(value: unknown): ListedCode[] {
  if (Array.isArray(value)) return value.flatMap(codingsOf);
  if (typeof value !== "object" || value === null) return [];
  const { system, code, display } = value as Record<string, unknown>;
  const own =
    typeof system === "string" && typeof code === "string" && typeof display === "string"
      ? [{ system, code, display }]
      : [];
  return [...own, ...Object.values(value).flatMap(codingsOf)];
}

describe("public FHIR R4 files", () => {
  const files = sharedFiles();
  it.skipIf(files.length === 0)("name the codes that they share with the lists by the same words", () => {
    const listed = new Map(every.map(({ system, code, display }) => [`${system}|${code}`, display]));
    const theirs = files
      .filter(({ name }) => name.endsWith(".json"))
      .flatMap(({ bytes }) => codingsOf(JSON.parse(new TextDecoder().decode(bytes).replace(/^\uFEFF/, ""))));
    const shared = theirs.flatMap(({ system, code, display }) => {
      const ours = listed.get(`${system}|${code}`);
      return ours === undefined ? [] : [{ code, ours, theirs: display }];
    });
    expect(new Set(shared.map(({ code }) => code)).size).toBeGreaterThan(40);
    const strangers = shared.filter((each) => {
      const [left, right] = [wordsOf(each.ours), wordsOf(each.theirs)];
      return left.size > 0 && right.size > 0 && [...left].every((word) => !right.has(word));
    });
    expect(strangers).toEqual([]);
  });
});
