import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Basket, type BasketItem } from "./Basket.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const plain: BasketItem = {
  medicine: "Paracetamol",
  coding: null,
  dosage: "1 if needed",
  quantity: "",
  fills: 2,
  reason: "",
  conflicts: [],
};
const conflicting: BasketItem = {
  medicine: "Amoxicillin",
  coding: null,
  dosage: "1 three times a day",
  quantity: "",
  fills: 1,
  reason: "",
  conflicts: [{ kind: "allergy", name: "Penicillin" }],
};

describe("Basket", () => {
  it("says how much of each is handed out, and how often", () => {
    const items = [plain, { ...conflicting, quantity: "21 capsules" }, { ...plain, quantity: "60 tablets", fills: 3 }];
    render(<Basket added={null} items={items} onChange={() => {}} onRemove={() => {}} onTyped={() => {}} />);
    expect(screen.getAllByText(/handed out/).map((each) => each.parentElement?.textContent)).toEqual([
      "1 if needed · handed out 2 times",
      "1 three times a day · handed out once: 21 capsules",
      "1 if needed · handed out 3 times: 60 tablets each",
    ]);
  });

  it("says of a medicine that it names no strength", () => {
    const strong = { ...plain, medicine: "Amoxicilina ٥٠٠ mg" };
    const syrup = { ...plain, medicine: "Syrup", dosage: "10 ml at night" };
    render(
      <Basket added={null} items={[plain, strong, syrup]} onChange={() => {}} onRemove={() => {}} onTyped={() => {}} />,
    );
    const said = screen.getByText(/^No strength is named/);
    expect(said.closest("li")?.textContent).toContain("Paracetamol");
  });

  it("leads to the medicine that was just added, in sight, and to none before", () => {
    const inSight = vi.fn();
    Element.prototype.scrollIntoView = function (options) {
      inSight(this.textContent, options);
    };
    const basket = (items: readonly BasketItem[], added: number | null) => (
      <Basket items={items} added={added} onChange={() => {}} onRemove={() => {}} onTyped={() => {}} />
    );
    const { rerender } = render(basket([plain], null));
    expect(document.activeElement).toBe(document.body);
    rerender(basket([plain, conflicting], 1));
    expect(document.activeElement).toBe(screen.getAllByRole("listitem")[1]);
    expect(inSight).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("1 three times a day"), {
      block: "nearest",
    });
  });

  it("asks for a reason where a medicine conflicts, and nowhere else", () => {
    const onChange = vi.fn();
    render(
      <Basket added={null} items={[plain, conflicting]} onChange={onChange} onRemove={() => {}} onTyped={() => {}} />,
    );
    expect(screen.getByRole("alert").textContent).toContain("Penicillin");
    expect(screen.queryByLabelText("Reason to keep Paracetamol")).toBeNull();
    fireEvent.change(screen.getByLabelText("Reason to keep Amoxicillin"), { target: { value: "Refuted by test" } });
    expect(onChange).toHaveBeenCalledWith(1, { ...conflicting, reason: "Refuted by test" });
  });

  it("changes and removes the medicine that was meant", async () => {
    const [onChange, onRemove, onTyped] = [vi.fn(), vi.fn(), vi.fn()];
    render(
      <Basket added={null} items={[conflicting, plain]} onChange={onChange} onRemove={onRemove} onTyped={onTyped} />,
    );
    fireEvent.click(screen.getByRole("button", { name: /Remove\s*Amoxicillin/ }));
    expect(onRemove).toHaveBeenCalledWith(0);
    fireEvent.click(screen.getByRole("button", { name: /Edit\s*Paracetamol/ }));
    expect(onTyped).toHaveBeenLastCalledWith(null);
    fireEvent.change(screen.getByLabelText("Times it may be handed out"), { target: { value: "0" } });
    await waitFor(() => expect(onTyped).toHaveBeenLastCalledWith(expect.objectContaining({ medicine: "Paracetamol" })));
    fireEvent.click(screen.getByRole("button", { name: "Save changes" }));
    expect(await screen.findByText("Enter a whole number from 1 to 127.")).toBeTruthy();
    fireEvent.change(screen.getByLabelText("Times it may be handed out"), { target: { value: "٤" } });
    fireEvent.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(onChange).toHaveBeenCalledWith(1, expect.objectContaining({ fills: 4 })));
  });
});
