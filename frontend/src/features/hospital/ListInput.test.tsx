import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import * as people from "./lib/people.ts";
import { ListInput } from "./ListInput.tsx";

vi.mock("./lib/people.ts", { spy: true });
const session = vi.hoisted(() => ({ chain: { id: 1 }, wallet: { account: { address: "0xAd" } } }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));
/** What is kept, as `draftNotes` would seal it. */
const notes = vi.hoisted(() => new Map<string, unknown>());
vi.mock("../../lib/session/draftNotes.ts", () => ({
  draftNotes: () => ({
    read: (about: string) => Promise.resolve(notes.get(about)),
    keep: (about: string, note: unknown) => Promise.resolve(void notes.set(about, note)),
    drop: (about: string) => Promise.resolve(void notes.delete(about)),
  }),
}));

beforeAll(() => startTestI18n("en"));
beforeEach(() => notes.clear());
afterEach(cleanup);

const idle = { phase: null, running: false, error: null };
const paste = (text: string) =>
  fireEvent.change(screen.getByLabelText("Or paste the list"), { target: { value: text } });

function show(isKept = false, hospital = 1) {
  const onRead = vi.fn(() => Promise.resolve(isKept));
  render(
    <MemoryRouter>
      <ListInput hospital={hospital} state={idle} onRead={onRead} />
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
      <ListInput hospital={1} state={{ ...idle, running }} onRead={vi.fn()} />
    </MemoryRouter>
  );
  const { rerender } = render(list(false));
  paste("role,name\npatient,Ananya");
  rerender(list(true));
  rerender(list(false));
  expect(read).toHaveBeenCalledOnce();
});

const LIST = "role,name\npatient,Ananya";
const RESTORED = "What you typed before is here again. Meanwhile it was sealed to your key.";
const pasted = () => screen.getByLabelText<HTMLTextAreaElement>("Or paste the list").value;
const again = (hospital = 1) => {
  cleanup();
  show(false, hospital);
};

it("has a list that did not go on here again, for its own hospital, until it is thrown away", async () => {
  show();
  paste(LIST);
  await waitFor(() => expect(notes.size).toBe(1));
  again(2);
  await waitFor(() => expect(pasted()).toBe(""));
  again();
  await screen.findByText(RESTORED);
  expect(pasted()).toBe(LIST);
  fireEvent.click(screen.getByRole("button", { name: "Begin anew" }));
  fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
  expect(pasted()).toBe("");
  await waitFor(() => expect(notes.size).toBe(0));
});

it.each([true, false])(
  "keeps no draft of a list that went on, and keeps that of one that did not (%s)",
  async (isKept) => {
    show(isKept);
    paste(LIST);
    await waitFor(() => expect(notes.size).toBe(1));
    fireEvent.click(screen.getByRole("button", { name: "Go on with 1 person" }));
    if (isKept) await waitFor(() => expect(notes.size).toBe(0));
    again();
    if (!isKept) await screen.findByText(RESTORED);
    expect(pasted()).toBe(isKept ? "" : LIST);
  },
);
