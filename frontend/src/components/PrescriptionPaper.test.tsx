import type { Order } from "@chartkey/sdk";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { PrescriptionPaper } from "./PrescriptionPaper.tsx";

const account = "0x0000000000000000000000000000000000000001";
const session = { chain: { id: 1, deployment: { prescriptions: account } } };
vi.mock("../lib/session/session.ts", () => ({ useReadSession: () => session }));
vi.mock("../lib/hospitals/useHospitals.ts", () => ({
  useHospital: () => ({
    data: {
      listing: {
        name: "Ridgeway General Hospital",
        address: "12 Larch Avenue, Elmford",
        contact: "+44 1632 960 214",
        staff: [{ account, name: "Dr Amara Okafor", role: "doctor", speciality: 2 }],
      },
    },
  }),
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const order = {
  ...{ id: `0x${"ab".repeat(32)}`, prescriber: account, hospital: 1, expiry: 1_772_000_000, blockNumber: 48_211n },
  fills: [3, 0, 0, 0, 0, 0, 0, 0],
} as unknown as Order;

it("has what Directive 2012/52/EU asks for: patient, prescriber, medicine, date, and the proof as the signature", () => {
  render(
    <PrescriptionPaper
      order={order}
      time={1_764_000_000}
      patient={{ name: "Ananya Sharma", birthDate: "1984-02-29" }}
      content={{
        medicines: [
          {
            ...{ medicine: "Metformin 500 mg tablets", dosage: "1 with breakfast" },
            quantity: { value: 60, unit: "tablets" },
          },
        ],
      }}
    />,
  );
  const text = screen.getByRole("article", { name: "Prescription" }).textContent;
  for (const part of [
    ...["Ananya Sharma", "1984", "Dr Amara Okafor", "Internal medicine", "12 Larch Avenue, Elmford"],
    ...["+44 1632 960 214", "Metformin 500 mg tablets", "60 tablets", "3 times", "1 with breakfast"],
    ...["2025", "Signed electronically by 0x0000…0001", "block 48,211"],
  ])
    expect(text?.toLowerCase()).toContain(part.toLowerCase());
  expect(screen.getByRole("img", { name: "Code to verify this prescription" })).toBeTruthy();
});
