import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import * as people from "./lib/people.ts";
import { ListInput } from "./ListInput.tsx";

vi.mock("./lib/people.ts", { spy: true });

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

it("takes no pasted text that is too large for a list, and keeps what was there", () => {
  show();
  paste("role,name\npatient,Ananya");
  paste(`role,name\n${"é".repeat(500_001)}`);
  expect(screen.getByRole("alert").textContent).toBe("What was pasted is too large for a list, and was left out.");
  expect(screen.getByRole("status").textContent).toBe("1 person can be invited.");
  paste("role,name\npatient,Ananya\npatient,Ravi");
  expect(screen.queryByRole("alert")).toBeNull();
});

it("names the first hundred lines that are nobody, and says how many more there are", () => {
  show();
  paste(`role,name\n${"nurse,Eve\n".repeat(350)}`);
  expect(screen.getByText("350 lines are left out")).toBeTruthy();
  expect(screen.getAllByRole("listitem")).toHaveLength(100);
  expect(screen.getByText("and 250 more.")).toBeTruthy();
});

it("reads a list once, not at every state of the action", () => {
  const read = vi.mocked(people.readPeople).mockClear();
  const list = (running: boolean) => (
    <MemoryRouter>
      <ListInput state={{ ...idle, running }} onRead={vi.fn()} />
    </MemoryRouter>
  );
  const { rerender } = render(list(false));
  paste("role,name\npatient,Ananya");
  rerender(list(true));
  rerender(list(false));
  expect(read).toHaveBeenCalledOnce();
});
