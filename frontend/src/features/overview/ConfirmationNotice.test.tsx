import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { Standing } from "../../lib/roles/roles.ts";
import { ConfirmationNotice } from "./ConfirmationNotice.tsx";

const standing = (role: Standing["role"], id: number, status: Standing["status"]): Standing => ({
  role,
  hospital: { id, accreditation: "accredited" },
  status,
  since: 0,
});

vi.mock("../../lib/roles/useRoles.ts", () => ({
  useStandings: () => ({
    data: [standing("patient", 1, "active"), standing("patient", 2, "requested"), standing("doctor", 3, "requested")],
  }),
}));
vi.mock("../../components/AccountName.tsx", () => ({ HospitalName: ({ id }: { id: number }) => `Hospital ${id}` }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("names the hospital that has not confirmed the patient, and no other", () => {
  render(<ConfirmationNotice />);
  expect(screen.getAllByText(/^Hospital/).map(({ textContent }) => textContent)).toEqual(["Hospital 2"]);
  expect(screen.getByText(/has not confirmed you yet/)).toBeTruthy();
});
