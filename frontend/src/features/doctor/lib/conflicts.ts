import { absenceOf, emergencyKind, type EmergencyKind, type ListedCode } from "@chartkey/sdk/records";
import { foldText } from "../../../lib/format/search.ts";
import type { ChartItem } from "../../../lib/chart/items.ts";

/** Medicines that share an allergy, and names of the same one, by their common names. A help for the eye, not a drug database. */
const families: readonly (readonly string[])[] = [
  [
    ...["penicillin", "amoxicillin", "ampicillin", "flucloxacillin", "piperacillin", "co-amoxiclav"],
    "phenoxymethylpenicillin",
  ],
  [
    ...["cephalosporin", "cefalexin", "cephalexin", "cefaclor", "cefazolin", "cefdinir", "cefepime", "cefixime"],
    ...["cefotaxime", "cefoxitin", "cefpodoxime", "ceftazidime", "ceftriaxone", "cefuroxime"],
  ],
  ["sulfonamide", "sulfamethoxazole", "co-trimoxazole", "sulfadiazine", "sulfasalazine", "sulfacetamide"],
  ["nsaid", "aspirin", "acetylsalicylic", "ibuprofen", "naproxen", "diclofenac", "ketoprofen", "flurbiprofen"],
  ["macrolide", "erythromycin", "clarithromycin", "azithromycin"],
  ["opioid", "morphine", "codeine", "tramadol", "oxycodone", "hydrocodone", "fentanyl", "methadone", "meperidine"],
  ["paracetamol", "acetaminophen"],
  ["salbutamol", "albuterol"],
];

const listOf = (words: string) => new Set(words.split(" "));

/** Words of a name that say nothing about the substance. */
const common = new Set([
  ...listOf("allergy allergic intolerance reaction drug medicine substance product oral with and the for release"),
  ...listOf("tablet tablets capsule capsules syrup solution suspension injection injectable prefilled syringe cream"),
  ...listOf("extended delayed topical ophthalmic transdermal system inhaler inhalation metered dose powder actuat"),
  ...listOf("chewable sublingual auto-injector"),
]);

/** Salts, which many substances have; they tell only when a name has nothing else. */
const salts = new Set([
  ...listOf(
    "hydrochloride hydrobromide sodium potassium calcium chloride sulfate phosphate acetate succinate tartrate",
  ),
  ...listOf("bitartrate fumarate maleate citrate propionate furoate monohydrate acid"),
]);

function words(name: string): string[] {
  const all = foldText(name)
    .split(/[^\p{L}-]+/u)
    .filter((word) => word.length >= 4 && !common.has(word));
  const telling = all.filter((word) => !salts.has(word));
  return telling.length > 0 ? telling : all;
}

function haveRelatedNames(left: string, right: string): boolean {
  const same = (a: string, b: string) =>
    a === b || (Math.min(a.length, b.length) >= 6 && (a.startsWith(b) || b.startsWith(a)));
  const [ofLeft, ofRight] = [words(left), words(right)];
  if (ofLeft.some((a) => ofRight.some((b) => same(a, b)))) return true;
  return families.some((family) => {
    const names = (of: string[]) => of.some((word) => family.some((name) => same(word, name)));
    return names(ofLeft) && names(ofRight);
  });
}

/** A medicine, or what somebody reacts to: as it is written, and as it is coded. */
interface Named {
  readonly name: string;
  readonly codings: readonly Partial<ListedCode>[];
}

/** Every name of it: words may be in any language, a code has its name beside it. */
const namesOf = ({ name, codings }: Named) => [name, ...codings.flatMap(({ display }) => display ?? [])];

const haveSameCode = (left: Named, right: Named) =>
  left.codings.some(
    ({ system, code }) =>
      system !== undefined &&
      code !== undefined &&
      right.codings.some((other) => other.system === system && other.code === code),
  );

const areRelated = (left: Named, right: Named) =>
  haveSameCode(left, right) || namesOf(left).some((a) => namesOf(right).some((b) => haveRelatedNames(a, b)));

/** Why a medicine needs a second thought. */
export interface Conflict {
  readonly kind: "allergy" | "duplicate" | "basket";
  /** The allergy or medicine that it meets, as recorded. */
  readonly name: string;
}

/** Records of a kind that count: neither over, nor wrong, nor replaced. */
const countingOf = (items: readonly ChartItem[], kind: EmergencyKind) =>
  items.filter(
    ({ resource, standing }) => resource && emergencyKind(resource) === kind && standing.state !== "superseded",
  );

const absenceIn = ({ resource }: ChartItem) => resource && absenceOf(resource);

/** Recorded allergies that are not settled. */
export function allergiesOf(items: readonly ChartItem[]): ChartItem[] {
  return countingOf(items, "allergy").filter((item) => absenceIn(item) === undefined);
}

/** Records that say that there is no allergy, or that none is known of; beside an allergy only "no known food allergy" and the like. */
export function allergyAbsences(items: readonly ChartItem[]): ChartItem[] {
  const some = allergiesOf(items).length > 0;
  return countingOf(items, "allergy").filter((item) => {
    const absence = absenceIn(item);
    return absence !== undefined && (absence === "partial" || !some);
  });
}

/** Recorded medicines that are not over. */
export function medicinesOf(items: readonly ChartItem[]): ChartItem[] {
  return countingOf(items, "medication").filter((item) => absenceIn(item) === undefined);
}

/** What a recorded allergy or medicine is called and coded. */
function namedOf({ resource, summary }: ChartItem): Named | undefined {
  if (!summary) return undefined;
  const concepts = () => {
    if (resource?.resourceType === "AllergyIntolerance")
      return [resource.code, ...(resource.reaction ?? []).map(({ substance }) => substance)];
    if (resource?.resourceType === "MedicationRequest" || resource?.resourceType === "MedicationStatement")
      return [resource.medicationCodeableConcept];
    return [];
  };
  return { name: summary.title, codings: concepts().flatMap((concept) => concept?.coding ?? []) };
}

/** A medicine of an order. */
interface Ordered {
  readonly medicine: string;
  readonly coding: ListedCode | null;
}

/**
 * What a medicine meets in the readable chart and among the other medicines of the order. Codes and names are compared, nothing is judged.
 */
export function conflictsOf(medicine: Ordered, items: readonly ChartItem[], others: readonly Ordered[]): Conflict[] {
  const toNamed = ({ medicine: name, coding }: Ordered): Named => ({ name, codings: coding ? [coding] : [] });
  const wanted = toNamed(medicine);
  const meeting = (found: readonly (Named | undefined)[], kind: Conflict["kind"]) =>
    found.flatMap((each) => (each && areRelated(each, wanted) ? [{ kind, name: each.name }] : []));
  const all = [
    ...meeting(allergiesOf(items).map(namedOf), "allergy"),
    ...meeting(medicinesOf(items).map(namedOf), "duplicate"),
    ...meeting(others.map(toNamed), "basket"),
  ];
  return all.filter(
    ({ kind, name }, index) => all.findIndex((each) => each.kind === kind && each.name === name) === index,
  );
}
