import { loadCodes, type ListedCode } from "@chartkey/sdk/records";
import { describe, expect, it } from "vitest";
import { indexCodes, MOST_SUGGESTIONS } from "./codeIndex.ts";

const listed = (code: string, display: string): ListedCode => ({ system: "urn:test", code, display });
const few = indexCodes([
  listed("M35.00", "Sjögren syndrome, unspecified"),
  listed("E11.9", "Type 2 diabetes mellitus without complications"),
  listed("73211009", "Diabetes mellitus"),
  listed("E23.2", "Diabetes insipidus"),
  listed("E10.9", "Type 1 diabetes mellitus"),
  listed("K9", "A name as long as that of what one seldom meets"),
  listed("W54.0", "K9 bite"),
  listed("Z1", "Near diabetes"),
]);
const codes = (query: string) => few.find(query).map(({ code }) => code);

describe("a search among codes", () => {
  it("finds names by the beginnings of their words, those that begin with the query first, the shorter first", () => {
    expect(codes("diab mell")).toEqual(["73211009", "E10.9", "E11.9"]);
    expect(codes("Diabetes")).toEqual(["73211009", "E23.2", "Z1", "E10.9", "E11.9"]);
    expect(codes("mellitus diabetes 2")).toEqual(["E11.9"]);
  });

  it("does not look inside of words, nor for what is too short", () => {
    expect(codes("abetes")).toEqual([]);
    expect(codes("d")).toEqual([]);
    expect(codes("  ")).toEqual([]);
  });

  it("folds accents and capitals", () => {
    expect(codes("SJOGREN")).toEqual(["M35.00"]);
    expect(codes("sjögren")).toEqual(["M35.00"]);
  });

  it("finds a code, with its point and without, and when it is the whole query before all names", () => {
    expect(codes("e11.9")).toEqual(["E11.9"]);
    expect(codes("E119")).toEqual(["E11.9"]);
    expect(codes("e1")).toEqual(["E10.9", "E11.9"]);
    expect(codes("73211009")).toEqual(["73211009"]);
    expect(codes("K9")).toEqual(["K9", "W54.0"]);
  });
});

describe("a search among all that forms offer", () => {
  it.each([
    ["diagnosis", "asthma", "Asthma"],
    ["diagnosis", "high blood pressure", undefined],
    ["diagnosis", "I10", "Essential (primary) hypertension"],
    ["medicine", "metformin", "metformin"],
    ["medicine", "lisinopril 10", "lisinopril 10 MG Oral Tablet"],
    ["vaccine", "mmr", "MMR"],
    ["allergy", "penicillin", "penicillin G"],
  ] as const)("finds first for %s %j: %j", async (subject, query, first) => {
    expect(indexCodes(await loadCodes(subject)).find(query)[0]?.display).toBe(first);
  });

  it("stays within what one looks through, and within a frame", async () => {
    const index = indexCodes(await loadCodes("diagnosis"));
    const started = performance.now();
    expect(index.find("un")).toHaveLength(MOST_SUGGESTIONS);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
