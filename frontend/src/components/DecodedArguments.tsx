import { useTranslation } from "react-i18next";
import type { DecodedArgument } from "../lib/chain/decode.ts";
import { categoriesOf, type RecordCategory, recordCategories } from "../lib/format/categories.ts";
import { formatList } from "../lib/format/list.ts";
import { Address } from "./Address.tsx";
import { Time } from "./Time.tsx";
import { useLocale } from "../lib/i18n/useLocale.ts";

const TIMES = new Set(["expiry", "since", "activeSince", "time", "signedAt", "deadline"]);
const MASKS = new Set(["read", "write", "categories"]);

function Value({ argument }: { readonly argument: DecodedArgument }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { type, value } = argument;
  const name = argument.name.split(".").at(-1) ?? "";
  if (type === "address") return <Address value={value} />;
  if (type.startsWith("bytes") && value.length > 20) return <Address value={value} kind="hash" />;
  if (type === "uint40" && TIMES.has(name) && Number(value) > 1) return <Time seconds={Number(value)} />;
  if (type === "uint16" && MASKS.has(name)) {
    const words = categoriesOf(Number(value)).map((category) => t(`category.${category}`));
    return <>{words.length > 0 ? formatList(words, locale) : t("decoded.none")}</>;
  }
  if (name === "category" && recordCategories.includes(Number(value) as RecordCategory))
    return <>{t(`category.${Number(value)}`)}</>;
  return <bdi className="ck-tnum">{value === "" ? t("decoded.empty") : value}</bdi>;
}

/** Arguments of a call, event or typed data: named in words where the name is known, values in the form people read. */
export function DecodedArguments({ arguments: list }: { readonly arguments: readonly DecodedArgument[] }) {
  const { t } = useTranslation("contracts");
  if (list.length === 0) return null;
  return (
    <dl className="ck-def">
      {list.map((argument) => (
        <div key={argument.name} className="ck-def-row">
          <dt title={`${argument.name}: ${argument.type}`}>
            {t([`argument.${argument.name.split(".").at(-1)}`, "argument.other"], { name: argument.name })}
          </dt>
          <dd>
            <Value argument={argument} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
