import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ListInput } from "./ListInput.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const idle = { phase: null, running: false, error: null };
const paste = (text: string) =>
  fireEvent.change(screen.getByLabelText("Or paste the list"), { target: { value: text } });

function show() {
  const onRead = vi.fn();
  render(
    <MemoryRouter>
      <ListInput state={idle} onRead={onRead} />
    </MemoryRouter>,
  );
  return onRead;
}

it("says what each line is, and goes on with those that are somebody", () => {
  const onRead = show();
  paste("role,name\npatient,Ananya\n<b>nurse</b>,Eve\n");
  expect(screen.getByRole("status").textContent).toBe("1 person can be invited.");
  expect(screen.getByText("1 line is left out")).toBeTruthy();
  expect(screen.getByRole("listitem").textContent).toBe(
    "Line 3: the role is not patient, doctor or pharmacist. <b>nurse</b>",
  );
  fireEvent.click(screen.getByRole("button", { name: "Go on with 1 person" }));
  expect(onRead).toHaveBeenCalledExactlyOnceWith([{ name: "Ananya", role: "patient", speciality: 0 }]);
});

it("names the columns that are missing, and goes on with nobody", () => {
  show();
  paste("Ananya,patient");
  expect(screen.getByRole("alert").textContent).toContain("Missing: role, name");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /^Go on/ }).disabled).toBe(true);
});

it("takes no file that is too large for a list", async () => {
  show();
  const large = Object.defineProperty(new File(["x"], "people.csv"), "size", { value: 1_000_001 });
  fireEvent.change(screen.getByLabelText("File"), { target: { files: [large] } });
  expect((await screen.findByRole("alert")).textContent).toBe("This file is too large for a list.");
});
