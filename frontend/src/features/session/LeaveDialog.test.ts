import { expect, it } from "vitest";
import type { Role, Standing } from "../../lib/roles/roles.ts";
import { mayLeave } from "./LeaveDialog.tsx";

const standing = (role: Role, status: Standing["status"]): Standing => ({
  role,
  status,
  hospital: { id: 1, accreditation: "accredited" },
  since: 0,
});

it("P08 P09 offers the way out that the contract has: patients always, staff unless they are suspended", () => {
  for (const status of ["requested", "active"] as const)
    for (const role of ["patient", "doctor", "pharmacist"] as const)
      expect(mayLeave(standing(role, status))).toBe(true);
  expect(mayLeave(standing("patient", "suspended"))).toBe(true);
  expect(mayLeave(standing("doctor", "suspended"))).toBe(false);
  expect(mayLeave(standing("hospital", "active"))).toBe(false);
  expect(mayLeave(standing("patient", "left"))).toBe(false);
});
