import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { FirstSteps } from "./FirstSteps.tsx";

const state = vi.hoisted(() => ({ hospitals: [] as object[] | undefined }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({ useHospitals: () => ({ data: state.hospitals }) }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("says what comes first, and by whom, while there is no hospital", () => {
  state.hospitals = [];
  render(<FirstSteps />);
  expect(screen.getByRole("list", { name: /^No hospital is here yet/ })).toBeTruthy();
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "The hospital administrator creates a hospital.",
    "The registrar accredits it.",
    "The hospital administrator invites the doctor and the patient.",
  ]);
});

it("says nothing of it before that is known, and where there is a hospital", () => {
  for (const hospitals of [undefined, [{ id: 1 }]]) {
    state.hospitals = hospitals;
    render(<FirstSteps />);
    expect(screen.queryByRole("list")).toBeNull();
    cleanup();
  }
});
