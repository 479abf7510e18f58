import { renderHook } from "@testing-library/react";
import { beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../i18n/testing.ts";
import { useCodeWords } from "./codeWords.ts";

beforeAll(() => startTestI18n("es"));

it("says bare codes and dates in the reader's language, and leaves what somebody wrote", () => {
  const { current: inWords } = renderHook(() => useCodeWords()).result;
  expect(inWords("laboratory")).toBe("Laboratorio");
  expect(inWords("1984-02-29, female")).toBe("29 de febrero de 1984 · Mujer");
  expect(inWords("Vital Signs")).toBe("Constantes vitales");
  expect(inWords("Oral")).toBe("Oral");
  expect(inWords("1 tablet, other")).toBe("1 tablet, other");
});
