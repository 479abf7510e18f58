import {
  ACCREDITATIONS,
  MEMBER_STATUSES,
  ROLES,
  VISIT_STATES,
  fromActions,
  slotStart,
  unpackCounts,
} from "@chartkey/sdk";
import { formatEther } from "viem";
import { useTranslation } from "react-i18next";
import type { DecodedArgument } from "../chain/decode.ts";
import { useLocale } from "../i18n/useLocale.ts";
import { categoriesOf } from "./categories.ts";
import { formatFee } from "./fee.ts";
import { formatList } from "./list.ts";
import { formatVisitTime } from "./visitTime.ts";
import { dateFormat } from "./intl.ts";

const QUARTERS = 96;
const MASKS = new Set(["read", "write", "categories"]);
const ACTIONS = new Set(["actions", "action"]);
/** The one key suite in use: DHKEM(X25519), RFC 9180. */
const SUITES: Readonly<Record<number, string>> = { 0x0020: "X25519" };
const COUNTS = new Set(["counts", "amounts", "remaining"]);
/** What the contracts hold in gwei, and what in wei: read in ether, as on the pages. */
const GWEI = new Set(["fee", "refund", "earned"]);
const WEI = new Set(["amount"]);

/** An amount of ether with the unit that the contract counts it in, such as "20000000 gwei"; null for what is none. */
export function contractAmount(argument: DecodedArgument): string | null {
  const name = lastName(argument);
  if (GWEI.has(name)) return `${argument.value} gwei`;
  return WEI.has(name) ? `${argument.value} wei` : null;
}

/** The last part of an argument's name: that of the field in a struct. */
export function lastName({ name }: Pick<DecodedArgument, "name">): string {
  return name.split(".").at(-1) ?? "";
}

/** How often each medicine: as many as the order has, as far as its last number that is not 0 tells. */
function countsOf(packed: string): number[] {
  const counts = unpackCounts(BigInt(packed));
  return counts.slice(0, Math.max(1, counts.findLastIndex((count) => count > 0) + 1));
}

function openQuarters(bitmaps: string): number {
  const ofDay = (bitmap: bigint) =>
    Array.from({ length: QUARTERS }, (_, slot) => Number((bitmap >> BigInt(slot)) & 1n)).reduce(
      (sum, bit) => sum + bit,
    );
  return bitmaps
    .split(", ")
    .filter(Boolean)
    .reduce((sum, bitmap) => sum + ofDay(BigInt(bitmap)), 0);
}

/** Puts the value of an argument into words where the contracts have a number for something; null where it is read as it is. */
export function useArgumentWords(): (argument: DecodedArgument) => string | null {
  const { t } = useTranslation(["common", "specialities", "delegates"]);
  const locale = useLocale();
  const list = (words: readonly string[]) => (words.length > 0 ? formatList(words, locale) : t("decoded.none"));
  // Days and quarters are those of the UTC calendar; the sentence above says the reader's own time.
  const utc = (seconds: number, style: Intl.DateTimeFormatOptions) =>
    `${dateFormat(locale, { ...style, timeZone: "UTC" }).format(seconds * 1000)} (UTC)`;
  const date = { day: "numeric", month: "long", year: "numeric" } as const;
  return (argument) => {
    const { type, internalType, value } = argument;
    if (!/^uint\d*(\[\])?$/.test(type)) return null;
    const name = lastName(argument);
    const number = Number(value);
    const one = (words: readonly string[], key: string) =>
      words[number] === undefined ? null : t(`${key}.${words[number]}`);
    if (MASKS.has(name)) return list(categoriesOf(number).map((category) => t(`category.${category}`)));
    if (ACTIONS.has(name)) return list(fromActions(number).map((action) => t(`delegates:action.${action}`)));
    if (COUNTS.has(name)) return countsOf(value).map(String).join(t("comma"));
    if (name === "fee" && value === "0") return t("decoded.free");
    if (GWEI.has(name)) return `${formatFee(BigInt(value))} ETH`;
    if (WEI.has(name)) return `${formatEther(BigInt(value))} ETH`;
    if (name === "category") return categoriesOf(1 << number).length > 0 ? t(`category.${number}`) : null;
    if (name === "role") return one(ROLES, "role");
    if (name === "state") return one(VISIT_STATES, "visitState");
    if (internalType === "enum Accreditation") return one(ACCREDITATIONS, "standing.accredited");
    if (internalType === "enum MemberStatus") return one(MEMBER_STATUSES, "standing.status");
    if (name === "outcome") return one(["none", "justified", "questioned", "unjustified"], "decoded.outcome");
    if (name === "speciality")
      return number === 0 ? t("decoded.none") : t(`specialities:${number}`, { defaultValue: value });
    if (name === "day" || name === "firstDay" || name === "fromDay") return utc(slotStart(number, 0), date);
    if (name === "slot" || name === "fromSlot")
      return utc(slotStart(0, number), { hour: "2-digit", minute: "2-digit" });
    if (name === "codec") return one(["oneBlock", "severalBlocks"], "decoded");
    if (name === "suite") return SUITES[number] ?? null;
    if (name === "open") {
      const count = openQuarters(value) / 4;
      return t("decoded.hours", { count, hours: count.toLocaleString(locale) });
    }
    return null;
  };
}

/** Values for the sentence of a call or typed data: each argument in words by its name, and `when` a visit is on the reader's clock. */
export function useSentenceValues(): (list: readonly DecodedArgument[]) => Record<string, string> {
  const words = useArgumentWords();
  const locale = useLocale();
  return (list) => {
    const values = Object.fromEntries(list.map((argument) => [lastName(argument), words(argument) ?? argument.value]));
    const numberOf = (name: string) => Number(list.find((argument) => lastName(argument) === name)?.value ?? NaN);
    const start = slotStart(numberOf("day"), numberOf("slot"));
    return Number.isNaN(start) ? values : { ...values, when: formatVisitTime(start, locale) };
  };
}
