import { describe, expect, it } from "vitest";
import { fhirSeconds, formatFhirDate, isFhirDate } from "./fhirDate.ts";

describe("formatFhirDate", () => {
  it("is as exact as what is written, in every time zone", () => {
    expect(formatFhirDate("2024", "en-GB")).toBe("2024");
    expect(formatFhirDate("2024-05", "en-GB")).toBe("May 2024");
    expect(formatFhirDate("2024-05-01", "en-GB")).toBe("1 May 2024");
    expect(formatFhirDate("2024-05-15T12:00:00Z", "en-GB")).toBe("15 May 2024");
  });

  it("is asked for dates alone, not for any number", () => {
    expect(["2026-11-25T18:38:24.412Z", "2026-11-25", "2026-11"].every(isFhirDate)).toBe(true);
    expect(["2026", "120", "about 2019", "2026-11 or later"].some(isFhirDate)).toBe(false);
  });

  it("does not guess at what is no date", () => {
    expect(formatFhirDate("about 2019", "en-GB")).toBe("about 2019");
    expect(fhirSeconds("about then")).toBeUndefined();
    expect(fhirSeconds("2024")).toBe(Date.UTC(2024, 0, 1) / 1000);
  });
});
