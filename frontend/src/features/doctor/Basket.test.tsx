import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Basket, type BasketItem } from "./Basket.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const plain: BasketItem = {
  medicine: "Paracetamol",
  dosage: "1 if needed",
  quantity: "",
  fills: 2,
  reason: "",
  conflicts: [],
};
const conflicting: BasketItem = {
  medicine: "Amoxicillin",
  dosage: "1 three times a day",
  quantity: "",
  fills: 1,
  reason: "",
  conflicts: [{ kind: "allergy", name: "Penicillin" }],
};

describe("Basket", () => {
  it("asks for a reason where a medicine conflicts, and nowhere else", () => {
    const onChange = vi.fn();
    render(<Basket items={[plain, conflicting]} onChange={onChange} onRemove={() => {}} />);
    expect(screen.getByRole("alert").textContent).toContain("Penicillin");
    expect(screen.queryByLabelText("Reason to keep Paracetamol")).toBeNull();
    fireEvent.change(screen.getByLabelText("Reason to keep Amoxicillin"), { target: { value: "Refuted by test" } });
    expect(onChange).toHaveBeenCalledWith(1, { ...conflicting, reason: "Refuted by test" });
  });

  it("changes and removes the medicine that was meant", async () => {
    const [onChange, onRemove] = [vi.fn(), vi.fn()];
    render(<Basket items={[conflicting, plain]} onChange={onChange} onRemove={onRemove} />);
    fireEvent.click(screen.getByRole("button", { name: /Remove\s*Amoxicillin/ }));
    expect(onRemove).toHaveBeenCalledWith(0);
    fireEvent.click(screen.getByRole("button", { name: /Edit\s*Paracetamol/ }));
    fireEvent.change(screen.getByLabelText("Times it may be handed out"), { target: { value: "0" } });
    fireEvent.click(screen.getByRole("button", { name: "Save changes" }));
    expect(await screen.findByText("Enter a whole number from 1 to 127.")).toBeTruthy();
    fireEvent.change(screen.getByLabelText("Times it may be handed out"), { target: { value: "4" } });
    fireEvent.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(onChange).toHaveBeenCalledWith(1, expect.objectContaining({ fills: 4 })));
  });
});
