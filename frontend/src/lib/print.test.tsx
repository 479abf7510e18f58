import { cleanup, render, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { MemoryRouter, useLocation } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PRINT, usePrintOnArrival } from "./print.ts";

const print = vi.fn();
beforeEach(() => vi.stubGlobal("print", print.mockReset()));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Paper({ ready }: { readonly ready: boolean }) {
  usePrintOnArrival(ready);
  return <p>{String(useLocation().state)}</p>;
}

function show(state: string | null, ready: boolean) {
  const page = (isReady: boolean) => (
    <StrictMode>
      <MemoryRouter initialEntries={[{ pathname: "/paper/1", state }]}>
        <Paper ready={isReady} />
      </MemoryRouter>
    </StrictMode>
  );
  const { rerender, container } = render(page(ready));
  return { container, become: (next: boolean) => rerender(page(next)) };
}

it("prints once, when the page shows what is printed, and forgets that it was asked", async () => {
  const { container, become } = show(PRINT, false);
  expect(print).not.toHaveBeenCalled();
  become(true);
  await waitFor(() => expect(print).toHaveBeenCalledOnce());
  await waitFor(() => expect(container.textContent).toBe("null"));
  become(false);
  become(true);
  expect(print).toHaveBeenCalledOnce();
});

it("prints nothing for whoever opens the page by itself", () => {
  show(null, true);
  expect(print).not.toHaveBeenCalled();
});
