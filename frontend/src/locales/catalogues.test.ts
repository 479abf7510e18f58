import { describe, expect, it } from "vitest";
import type { Abi } from "viem";
import { contractAbis } from "../lib/chain/contracts.ts";
import { languages } from "../lib/i18n/languages.ts";

type Tree = { readonly [key: string]: string | Tree };

const files = import.meta.glob<Tree>("./*/*.json", { import: "default", eager: true });
const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*"], {
  import: "default",
  query: "?raw",
  eager: true,
});

const PLURAL = /_(zero|one|two|few|many|other)$/;

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

function catalogue(language: string, area: string): Map<string, string> {
  return flatten(files[`./${language}/${area}.json`] ?? {});
}

const areas = [...new Set(Object.keys(files).map((path) => path.split("/")[2]?.replace(".json", "") ?? ""))];
const withoutPlural = (keys: Iterable<string>) => new Set([...keys].map((key) => key.replace(PLURAL, "")));
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}|<(\w+)>/g)].map(([match]) => match).toSorted();

describe.each(languages)("catalogues in $name", ({ code }) => {
  it.each(areas)("have the sentences of English: %s", (area) => {
    expect([...withoutPlural(catalogue(code, area).keys())].toSorted()).toEqual(
      [...withoutPlural(catalogue("en", area).keys())].toSorted(),
    );
  });

  it.each(areas)("have each plural form that the language needs: %s", (area) => {
    const keys = catalogue(code, area);
    const plurals = withoutPlural([...keys.keys()].filter((key) => PLURAL.test(key)));
    const needed = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    const missing = [...plurals]
      .flatMap((key) => needed.map((form) => `${key}_${form}`))
      .filter((key) => !keys.has(key));
    expect(missing).toEqual([]);
  });

  it.each(areas)("use the same values and marks: %s", (area) => {
    const english = catalogue("en", area);
    for (const [key, text] of catalogue(code, area)) {
      // "one", "two" and "zero" may say the number in words.
      if (PLURAL.test(key)) continue;
      expect([key, placeholders(text)]).toEqual([key, placeholders(english.get(key) ?? "")]);
    }
  });
});

describe("sentences of the contracts", () => {
  it("say what each transaction does, and what it did", () => {
    const functions = Object.entries<Abi>(contractAbis).flatMap(([contract, abi]) =>
      abi.flatMap((item) =>
        item.type === "function" && item.stateMutability !== "view" && item.stateMutability !== "pure"
          ? [`${contract}.${item.name}`]
          : [],
      ),
    );
    const said = [...catalogue("en", "contracts").keys()];
    for (const part of ["call", "did"])
      expect(
        said
          .filter((key) => key.startsWith(`${part}.`))
          .map((key) => key.slice(part.length + 1))
          .toSorted(),
      ).toEqual([...new Set(functions)].toSorted());
  });
});

describe("sentences in the source", () => {
  const all = new Set(areas.flatMap((area) => [...withoutPlural(catalogue("en", area).keys())]));
  const qualified = new Set(
    areas.flatMap((area) => [...withoutPlural(catalogue("en", area).keys())].map((key) => `${area}:${key}`)),
  );

  it("are all in the catalogues", () => {
    const used = Object.values(sources).flatMap((text) =>
      [...text.matchAll(/\bt\(\s*"([^"]+)"/g), ...text.matchAll(/i18nKey="([^"]+)"/g)].map((match) => match[1] ?? ""),
    );
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((key) => !(key.includes(":") ? qualified : all).has(key))).toEqual([]);
  });
});
