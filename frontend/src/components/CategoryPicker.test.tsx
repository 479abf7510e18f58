import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { CategoryPicker } from "./CategoryPicker.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

describe("CategoryPicker", () => {
  it("sets the bit of the category in the right that was ticked, and leaves the rest", () => {
    const onChange = vi.fn();
    render(<CategoryPicker legend="Rights" value={{ read: 1 << 4, write: 1 << 4 }} onChange={onChange} />);
    fireEvent.click(screen.getByRole("checkbox", { name: "Add Results" }));
    expect(onChange).toHaveBeenLastCalledWith({ read: 1 << 4, write: (1 << 4) | (1 << 7) });
    fireEvent.click(screen.getByRole("checkbox", { name: "Read Medication" }));
    expect(onChange).toHaveBeenLastCalledWith({ read: 0, write: 1 << 4 });
  });

  it("shows what the masks hold, for the categories asked for", () => {
    render(
      <CategoryPicker legend="Rights" value={{ read: 1 << 7, write: 0 }} onChange={() => {}} categories={[4, 7]} />,
    );
    const ticked = screen.getAllByRole<HTMLInputElement>("checkbox").map((box) => box.checked);
    expect(ticked).toEqual([false, false, true, false]);
  });

  it("says why a choice cannot be used", () => {
    render(<CategoryPicker legend="Rights" value={{ read: 0, write: 0 }} onChange={() => {}} error="Choose one" />);
    expect(screen.getByRole("alert").textContent).toBe("Choose one");
  });
});
