import { expect, it } from "vitest";
import { toDetails, toValues } from "./setValues.ts";

it("says nothing that was left empty, and no name to call without a number", () => {
  expect(toDetails(toValues())).toEqual({});
  expect(toDetails({ ...toValues(), name: "  ", note: " Hearing aid ", contactName: "Ravi" })).toEqual({
    note: "Hearing aid",
  });
});

it("keeps what was said from one set to the next", () => {
  const details = {
    ...{ name: "Ananya", birthDate: "1984-02-29", bloodGroup: "0 negative", note: "Hearing aid" },
    contact: { name: "Ravi", phone: "+91 98 76" },
  };
  expect(toDetails(toValues(details))).toEqual(details);
});
