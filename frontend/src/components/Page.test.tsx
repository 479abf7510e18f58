import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { Link, MemoryRouter, Route, Routes } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { Page } from "./Page.tsx";

const scroll = vi.spyOn(window, "scrollTo").mockImplementation(() => {});

beforeAll(() => startTestI18n("en"));
beforeEach(() => scroll.mockClear());
afterEach(cleanup);

function show(unlocked: boolean) {
  const chart = unlocked ? (
    <div>
      <Page title="Chart">
        <button>Search</button>
      </Page>
    </div>
  ) : (
    <Page title="Locked">
      <button>Open</button>
    </Page>
  );
  return (
    <MemoryRouter>
      <Link to="/chart">Go</Link>
      <Link to="/chart?category=5" replace>
        Filter
      </Link>
      <button>Elsewhere</button>
      <Routes>
        <Route path="/" element={<Page title="Overview">1</Page>} />
        <Route path="/chart" element={chart} />
      </Routes>
    </MemoryRouter>
  );
}

const follow = (name: string) => fireEvent.click(screen.getByText(name));
const heading = (name: string) => screen.getByRole("heading", { name });

it("takes the focus to its heading after a navigation, to the top", () => {
  render(show(true));
  act(() => screen.getByText("Elsewhere").focus());
  follow("Go");
  expect(document.activeElement).toBe(heading("Chart"));
  expect(scroll).toHaveBeenCalledWith(0, 0);
});

it("that takes another's place has the focus only when nothing else has it, and does not scroll", () => {
  const { rerender } = render(show(false));
  follow("Go");
  scroll.mockClear();
  act(() => screen.getByText("Open").focus());
  rerender(show(true));
  expect(document.activeElement).toBe(heading("Chart"));
  act(() => screen.getByText("Elsewhere").focus());
  rerender(show(false));
  expect(document.activeElement).toBe(screen.getByText("Elsewhere"));
  expect(scroll).not.toHaveBeenCalled();
});

it("leaves the focus where it is when only the query of its address changes", () => {
  render(show(true));
  follow("Go");
  act(() => screen.getByText("Search").focus());
  follow("Filter");
  expect(document.activeElement).toBe(screen.getByText("Search"));
});
