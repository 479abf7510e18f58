import { foldText } from "../../../lib/format/search.ts";
import type { ChartItem } from "../../../lib/chart/items.ts";

/** Medicines that share an allergy, by their common names. A help for the eye, not a drug database. */
const families: readonly (readonly string[])[] = [
  [
    "penicillin",
    "amoxicillin",
    "ampicillin",
    "flucloxacillin",
    "piperacillin",
    "co-amoxiclav",
    "phenoxymethylpenicillin",
  ],
  ["cephalosporin", "cefalexin", "cephalexin", "cefuroxime", "ceftriaxone", "cefixime"],
  ["sulfonamide", "sulfamethoxazole", "co-trimoxazole", "sulfadiazine", "sulfasalazine"],
  ["nsaid", "aspirin", "acetylsalicylic", "ibuprofen", "naproxen", "diclofenac", "ketoprofen"],
  ["macrolide", "erythromycin", "clarithromycin", "azithromycin"],
  ["opioid", "morphine", "codeine", "tramadol", "oxycodone"],
];

/** Words of a name that say nothing about the substance. */
const common = new Set(
  "allergy allergic intolerance reaction drug medicine tablet tablets capsule capsules syrup solution oral with and the for".split(
    " ",
  ),
);

function words(name: string): string[] {
  return foldText(name)
    .split(/[^\p{L}-]+/u)
    .filter((word) => word.length >= 4 && !common.has(word));
}

function related(left: string, right: string): boolean {
  const same = (a: string, b: string) =>
    a === b || (Math.min(a.length, b.length) >= 6 && (a.startsWith(b) || b.startsWith(a)));
  const [ofLeft, ofRight] = [words(left), words(right)];
  if (ofLeft.some((a) => ofRight.some((b) => same(a, b)))) return true;
  return families.some((family) => {
    const names = (of: string[]) => of.some((word) => family.some((name) => same(word, name)));
    return names(ofLeft) && names(ofRight);
  });
}

/** Why a medicine needs a second thought. */
export interface Conflict {
  readonly kind: "allergy" | "duplicate" | "basket";
  /** The allergy or medicine that it meets, as recorded. */
  readonly name: string;
}

const settled = new Set(["resolved", "inactive", "entered-in-error", "stopped", "completed", "cancelled", "refuted"]);

/** Recorded allergies that are not settled. */
export function allergiesOf(items: readonly ChartItem[]): ChartItem[] {
  return items.filter(
    ({ resource, summary }) => resource?.resourceType === "AllergyIntolerance" && !settled.has(summary?.status ?? ""),
  );
}

/** Recorded medicines that are not over. */
export function medicinesOf(items: readonly ChartItem[]): ChartItem[] {
  return items.filter(
    ({ resource, summary }) =>
      (resource?.resourceType === "MedicationRequest" || resource?.resourceType === "MedicationStatement") &&
      !settled.has(summary?.status ?? ""),
  );
}

/** What a medicine meets in the readable chart and among the other medicines of the order. Names are compared, nothing is judged. */
export function conflictsOf(medicine: string, items: readonly ChartItem[], others: readonly string[]): Conflict[] {
  const recorded = (found: readonly ChartItem[], kind: Conflict["kind"]) =>
    found.flatMap(({ summary }) =>
      summary && related(summary.title, medicine) ? [{ kind, name: summary.title }] : [],
    );
  const all = [
    ...recorded(allergiesOf(items), "allergy"),
    ...recorded(medicinesOf(items), "duplicate"),
    ...others.filter((other) => related(other, medicine)).map((name): Conflict => ({ kind: "basket", name })),
  ];
  return all.filter(
    ({ kind, name }, index) => all.findIndex((each) => each.kind === kind && each.name === name) === index,
  );
}
