import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { MedicineForm } from "./MedicineForm.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

it("tells what is typed and not added, until it is added or cleared", async () => {
  const [onTyped, onSave] = [vi.fn(), vi.fn()];
  render(<MedicineForm onTyped={onTyped} onSave={onSave} />);
  expect(onTyped).toHaveBeenLastCalledWith(null);
  expect(screen.queryByRole("button", { name: "Clear the fields" })).toBeNull();
  type(/^Medicine/, "Paracetamol");
  const typed = { medicine: "Paracetamol", coding: null, dosage: "", quantity: "", fills: "1" };
  await waitFor(() => expect(onTyped).toHaveBeenLastCalledWith(typed));
  fireEvent.click(screen.getByRole("button", { name: "Clear the fields" }));
  await waitFor(() => expect(onTyped).toHaveBeenLastCalledWith(null));
  expect(screen.getByLabelText<HTMLInputElement>(/^Medicine/).value).toBe("");
  type(/^How to take it/, "1 tablet");
  const half = { ...typed, medicine: "", dosage: "1 tablet" };
  await waitFor(() => expect(onTyped).toHaveBeenLastCalledWith(half));
});

it("begins with what was typed before, and takes numbers in the digits of the language", async () => {
  const [onTyped, onSave] = [vi.fn(), vi.fn()];
  const begun = { medicine: "Amoxicillin", coding: null, dosage: "1", quantity: "٢١ كبسولة", fills: "1" };
  render(<MedicineForm begun={begun} onTyped={onTyped} onSave={onSave} />);
  expect(onTyped).toHaveBeenLastCalledWith(begun);
  type(/^Times/, "٣");
  fireEvent.click(screen.getByRole("button", { name: "Add medicine" }));
  await waitFor(() =>
    expect(onSave).toHaveBeenCalledWith(expect.objectContaining({ fills: 3, quantity: "٢١ كبسولة" })),
  );
});

it("adds a medicine that was chosen with its code, and one that was written on without", async () => {
  const onSave = vi.fn();
  render(<MedicineForm onTyped={vi.fn()} onSave={onSave} />);
  expect(screen.getByText(/National Library of Medicine/)).toBeTruthy();
  type(/^How to take it/, "1 in the morning");
  type(/^Medicine/, "lisinopril 20");
  fireEvent.click(await screen.findByRole("option", { name: /^lisinopril 20 MG Oral Tablet/ }));
  fireEvent.click(screen.getByRole("button", { name: "Add medicine" }));
  const coding = expect.objectContaining({ code: "314077", display: "lisinopril 20 MG Oral Tablet" });
  await waitFor(() =>
    expect(onSave).toHaveBeenLastCalledWith(
      expect.objectContaining({ medicine: "lisinopril 20 MG Oral Tablet", coding }),
    ),
  );
  type(/^Medicine/, "lisinopril 20 MG Oral Tablet, scored");
  fireEvent.click(screen.getByRole("button", { name: "Add medicine" }));
  await waitFor(() => expect(onSave).toHaveBeenLastCalledWith(expect.objectContaining({ coding: null })));
});
