import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { RequestsSection } from "./RequestsSection.tsx";

const requests = Array.from({ length: 12 }, (_, index) => ({
  ...{ doctor: `0x${String(index).padStart(40, "0")}`, patient: "0x01", hospital: 1, read: 2, write: 0 },
  ...{ reason: `Reason ${index}`, time: 1_700_000_000 },
}));
vi.mock("wagmi", () => ({ useConnection: () => ({}) }));
vi.mock("../../lib/patient/useAccessRequests.ts", () => ({
  useAccessRequests: () => ({ data: requests, error: null, refetch: () => undefined }),
}));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospitals: () => ({ data: [] }),
  staffName: () => undefined,
  hospitalName: () => undefined,
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("draws ten requests, in their order, and the others when they are asked for", () => {
  render(
    <MemoryRouter>
      <RequestsSection />
    </MemoryRouter>,
  );
  const reasons = () => screen.getAllByText(/^Reason/).map(({ textContent }) => textContent);
  expect(reasons()).toEqual(requests.slice(0, 10).map(({ reason }) => reason));
  fireEvent.click(screen.getByRole("button", { name: /10 of 12/ }));
  expect(reasons()).toHaveLength(12);
  expect(screen.queryByRole("button", { name: /of 12/ })).toBeNull();
});
