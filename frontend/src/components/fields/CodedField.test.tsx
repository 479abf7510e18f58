import type * as Records from "@chartkey/sdk/records";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { FormProvider, useForm } from "react-hook-form";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { CodedField } from "./CodedField.tsx";

const subjects = vi.hoisted(() => ({ unreadable: "" }));
vi.mock("@chartkey/sdk/records", async (original) => {
  const records = await original<typeof Records>();
  const loadCodes = (subject: Records.CodedSubject) =>
    subject === subjects.unreadable ? Promise.reject(new Error("no network")) : records.loadCodes(subject);
  return { ...records, loadCodes };
});

beforeEach(() => startTestI18n("en"));
afterEach(cleanup);

const onSubmit = vi.fn();

function Form({ subject = "allergy" }: { readonly subject?: Records.CodedSubject }) {
  const form = useForm({ defaultValues: { title: "", coding: null } });
  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void form.handleSubmit((values) => onSubmit(values))(event)}>
        <CodedField
          name="title"
          codingName="coding"
          subject={subject}
          label="Allergy"
          rules={{ required: "Fill this in." }}
        />
        <button type="submit">Sign</button>
      </form>
    </FormProvider>
  );
}

const field = () => screen.getByRole<HTMLInputElement>("combobox");
const options = () => screen.queryAllByRole("option");
const chosen = () => screen.queryByRole("option", { selected: true });
const key = (name: string, more = {}) => fireEvent.keyDown(field(), { key: name, ...more });
const said = () => screen.getByRole("status").textContent;

/** Types, and waits until the list has been read. */
async function show(typed: string) {
  onSubmit.mockReset();
  render(<Form />);
  fireEvent.change(field(), { target: { value: typed } });
  await waitFor(() => expect(options().length).toBeGreaterThan(0));
}

async function submitted() {
  fireEvent.click(screen.getByRole("button", { name: "Sign" }));
  await waitFor(() => expect(onSubmit).toHaveBeenCalled());
  return onSubmit.mock.lastCall![0];
}

const penicillin = { system: "http://snomed.info/sct", code: "91936005", display: "Allergy to penicillin" };

it("is a combobox that says how many suggestions there are, and which the keys have come to", async () => {
  await show("penicillin");
  expect(field().getAttribute("aria-expanded")).toBe("true");
  expect(field().getAttribute("aria-autocomplete")).toBe("list");
  expect(document.getElementById(field().getAttribute("aria-controls")!)?.getAttribute("role")).toBe("listbox");
  expect(screen.getByRole("listbox", { name: "Suggestions" })).toBeTruthy();
  expect(said()).toBe("3 suggestions");
  expect(field().getAttribute("aria-activedescendant")).toBeNull();
  key("ArrowDown");
  expect(chosen()?.id).toBe(field().getAttribute("aria-activedescendant"));
  expect(chosen()).toBe(options()[0]);
});

it("goes round with the arrows, by way of the text itself", async () => {
  await show("penicillin");
  for (const place of [2, 1, 0, -1, 2]) {
    key("ArrowUp");
    expect(options().findIndex((option) => option === chosen())).toBe(place);
  }
  key("ArrowDown");
  expect(chosen()).toBeNull();
});

it("takes what Enter is pressed on, with its name and code, and signs nothing by it", async () => {
  await show("allergy penicillin");
  key("ArrowDown");
  expect(fireEvent.keyDown(field(), { key: "Enter" })).toBe(false);
  expect(field().value).toBe("Allergy to penicillin");
  expect(options()).toEqual([]);
  expect(said()).toBe("Recorded with the code SNOMED CT 91936005.");
  expect(await submitted()).toEqual({ title: "Allergy to penicillin", coding: penicillin });
});

it("takes what is clicked on, and keeps the focus in the text", async () => {
  await show("allergy penicillin");
  field().focus();
  expect(fireEvent.pointerDown(options()[0]!)).toBe(false);
  fireEvent.click(options()[0]!);
  expect(document.activeElement).toBe(field());
  expect(await submitted()).toMatchObject({ coding: penicillin });
});

it("closes by Escape, which closes nothing else, and by leaving; the words stay", async () => {
  const outside = vi.fn();
  await show("penicillin");
  document.addEventListener("keydown", outside, { once: true });
  key("Escape");
  expect(outside).not.toHaveBeenCalled();
  expect(options()).toEqual([]);
  key("ArrowDown", { altKey: true });
  expect([options().length, chosen()]).toEqual([3, null]);
  fireEvent.blur(field());
  expect(options()).toEqual([]);
  expect(field().value).toBe("penicillin");
  expect(said()).toBe("Recorded in words, without a code.");
  expect(await submitted()).toEqual({ title: "penicillin", coding: null });
});

it("takes words in any language as they are", async () => {
  await show("penicillin");
  fireEvent.change(field(), { target: { value: "حساسية من غبار المنزل" } });
  expect(options()).toEqual([]);
  expect(await submitted()).toEqual({ title: "حساسية من غبار المنزل", coding: null });
});

it("loses the code when somebody writes on, and when it is removed", async () => {
  await show("allergy penicillin");
  fireEvent.click(options()[0]!);
  fireEvent.click(screen.getByRole("button", { name: "Remove the code" }));
  await waitFor(() => expect(document.activeElement).toBe(field()));
  expect(field().value).toBe("Allergy to penicillin");
  expect(said()).toBe("Recorded in words, without a code.");
  expect(screen.queryByRole("button", { name: "Remove the code" })).toBeNull();
  fireEvent.change(field(), { target: { value: "allergy penicillin" } });
  fireEvent.click(options()[0]!);
  fireEvent.change(field(), { target: { value: "Allergy to penicillin and cefalexin" } });
  expect(await submitted()).toEqual({ title: "Allergy to penicillin and cefalexin", coding: null });
});

it("says what is missing as every field does, and takes it back when something is chosen", async () => {
  await show("penicillin");
  fireEvent.change(field(), { target: { value: "" } });
  fireEvent.click(screen.getByRole("button", { name: "Sign" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Fill this in.");
  expect(field().getAttribute("aria-invalid")).toBe("true");
  fireEvent.change(field(), { target: { value: "penicillin" } });
  fireEvent.click(options()[0]!);
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

it("says that a list could not be read, takes words meanwhile, and reads it when the form is opened again", async () => {
  onSubmit.mockReset();
  subjects.unreadable = "vaccine";
  const { unmount } = render(<Form subject="vaccine" />);
  const missing = "The suggestions could not be loaded. What you write is recorded in words.";
  await waitFor(() => expect(said()).toBe(missing));
  fireEvent.change(field(), { target: { value: "MMR" } });
  expect(await submitted()).toEqual({ title: "MMR", coding: null });
  unmount();
  subjects.unreadable = "";
  render(<Form subject="vaccine" />);
  fireEvent.change(field(), { target: { value: "MMR" } });
  expect((await screen.findAllByRole("option"))[0]!.textContent).toBe("MMR CVX 03");
});

it("speaks Arabic, with the names of the codes as they are", async () => {
  await startTestI18n("ar");
  await show("allergy penicillin");
  expect(said()).toBe("اقتراح واحد");
  expect(options()[0]!.querySelector("[lang='en']")?.textContent).toBe("Allergy to penicillin");
  fireEvent.click(options()[0]!);
  expect(said()).toContain("SNOMED CT 91936005");
});
