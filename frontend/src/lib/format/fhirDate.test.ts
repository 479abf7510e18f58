import { describe, expect, it } from "vitest";
import { fhirSeconds, formatFhirDate } from "./fhirDate.ts";

describe("formatFhirDate", () => {
  it("is as exact as what is written, in every time zone", () => {
    expect(formatFhirDate("2024", "en-GB")).toBe("2024");
    expect(formatFhirDate("2024-05", "en-GB")).toBe("May 2024");
    expect(formatFhirDate("2024-05-01", "en-GB")).toBe("1 May 2024");
    expect(formatFhirDate("2024-05-15T12:00:00Z", "en-GB")).toBe("15 May 2024");
  });

  it("does not guess at what is no date", () => {
    expect(formatFhirDate("about 2019", "en-GB")).toBe("about 2019");
    expect(fhirSeconds("about then")).toBeUndefined();
    expect(fhirSeconds("2024")).toBe(Date.UTC(2024, 0, 1) / 1000);
  });
});
