import { describe, expect, it } from "vitest";
import { fromResource, isBirthDate, toResource } from "./values.ts";

const values = { name: "Ananya Sharma", birthDate: "1984-02-29", gender: "female", phone: "+44 1", email: "" } as const;

describe("profile values", () => {
  it("come back from the resource that they made, which keeps its id", () => {
    const first = toResource(values, undefined);
    expect(fromResource(first)).toEqual(values);
    expect(toResource({ ...values, name: "A. Sharma" }, first)).toMatchObject({
      id: first.id,
      name: [{ text: "A. Sharma" }],
    });
  });

  it("do not lose a birth date of which only the month is known", () => {
    const partial = { ...toResource(values, undefined), birthDate: "1991-11" };
    expect(fromResource(partial).birthDate).toBe("");
    expect(toResource(fromResource(partial), partial).birthDate).toBe("1991-11");
  });

  it("refuse a birth date in the future or before anybody", () => {
    const today = new Date("2026-11-24");
    expect(isBirthDate("", today)).toBe(true);
    expect(isBirthDate("2026-11-24", today)).toBe(true);
    expect(isBirthDate("2026-11-26", today)).toBe(false);
    expect(isBirthDate("1784-02-28", today)).toBe(false);
  });
});
