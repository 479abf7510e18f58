import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { Link, MemoryRouter, Route, Routes } from "react-router";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { Menu } from "./Menu.tsx";
import { Page } from "./Page.tsx";

beforeAll(() => startTestI18n("en"));
beforeEach(() => void vi.spyOn(window, "scrollTo").mockImplementation(() => {}));
afterEach(cleanup);

/** A page that is read, with a menu whose items come from what was read. */
function Screen({ items, read = true }: { readonly items: readonly string[]; readonly read?: boolean }) {
  return (
    <MemoryRouter>
      <Menu button="Acts">
        {items.map((item) => (
          <button key={item} type="button" className="dropdown-item">
            {item}
          </button>
        ))}
      </Menu>
      {read ? <Page title="Chart">read</Page> : <p>Reading</p>}
    </MemoryRouter>
  );
}

const trigger = () => screen.getByRole("button", { name: "Acts" });
const item = (name: string) => screen.getByRole("button", { name });
const isOpen = () => trigger().getAttribute("aria-expanded") === "true";
const focused = () => document.activeElement;
const press = (key: string) => fireEvent.keyDown(focused() ?? document.body, { key });

describe("an open menu", () => {
  it("stays open, with the focus where it was, while its items and its page are read again", () => {
    const { rerender } = render(<Screen items={["Hide", "Share"]} read={false} />);
    fireEvent.click(trigger());
    rerender(<Screen items={["Hide", "Share"]} />);
    expect([isOpen(), focused()]).toEqual([true, trigger()]);
    press("ArrowDown");
    press("ArrowDown");
    rerender(<Screen items={["Show", "Share", "Erase"]} read={false} />);
    rerender(<Screen items={["Show", "Share", "Erase"]} />);
    expect([isOpen(), focused()]).toEqual([true, item("Share")]);
  });

  it("is left alone by a page that arrives late", () => {
    render(
      <MemoryRouter>
        <Menu button="Acts">
          <button type="button">Hide</button>
        </Menu>
        <Link to="/chart">Go on</Link>
        <Link to="/">Go back</Link>
        <Routes>
          <Route path="/" element={<Page title="Overview">1</Page>} />
          <Route path="/chart" element={<Page title="Chart">2</Page>} />
        </Routes>
      </MemoryRouter>,
    );
    fireEvent.click(trigger());
    fireEvent.click(screen.getByText("Go on"));
    expect(screen.getByText("2")).toBeTruthy();
    expect([isOpen(), focused()]).toEqual([true, trigger()]);
    press("Escape");
    fireEvent.click(screen.getByText("Go back"));
    expect(focused()).toBe(screen.getByRole("heading", { name: "Overview" }));
  });

  it("goes on by keyboard when the item that had the focus is gone", () => {
    const { rerender } = render(<Screen items={["Hide", "Share"]} />);
    trigger().focus();
    press("ArrowDown");
    expect(focused()).toBe(item("Hide"));
    rerender(<Screen items={["Show", "Share"]} />);
    press("ArrowDown");
    expect([isOpen(), focused()]).toEqual([true, item("Show")]);
  });
});

describe("the keyboard", () => {
  beforeEach(() => void render(<Screen items={["Hide", "Share", "Erase"]} />));

  it("opens a menu at its first or last item, and goes from one to the next, not beyond", () => {
    trigger().focus();
    press("ArrowDown");
    expect(focused()).toBe(item("Hide"));
    press("ArrowUp");
    expect(focused()).toBe(item("Hide"));
    press("ArrowDown");
    expect(focused()).toBe(item("Share"));
    press("End");
    expect(focused()).toBe(item("Erase"));
    press("ArrowDown");
    expect(focused()).toBe(item("Erase"));
    press("Home");
    expect(focused()).toBe(item("Hide"));
    press("Escape");
    press("ArrowUp");
    expect(focused()).toBe(item("Erase"));
  });

  it("closes it with Escape, and gives the focus back", () => {
    fireEvent.click(trigger());
    press("ArrowDown");
    press("Escape");
    expect([isOpen(), focused()]).toEqual([false, trigger()]);
  });

  it("closes it by leaving it, by a click elsewhere, and by a choice", () => {
    fireEvent.click(trigger());
    act(() => screen.getByRole("heading").focus());
    expect(isOpen()).toBe(false);
    fireEvent.click(trigger());
    fireEvent.pointerDown(document.body);
    expect(isOpen()).toBe(false);
    fireEvent.click(trigger());
    fireEvent.click(item("Share"));
    expect([isOpen(), focused()]).toEqual([false, trigger()]);
  });
});
