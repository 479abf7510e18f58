import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("speaks of what was filled in only where there is a form", () => {
  const { rerender } = render(<ErrorNotice error={{ code: "WALLET_REJECTED" }} />);
  expect(screen.getByText("Your choices are still here.")).toBeTruthy();
  rerender(<ErrorNotice error={{ code: "WALLET_REJECTED" }} form={false} />);
  expect(screen.queryByText("Your choices are still here.")).toBeNull();
  expect(screen.queryByRole("button")).toBeNull();
});

it("asks again whoever declined on a page without a form", () => {
  const retry = vi.fn();
  render(<ErrorNotice error={{ code: "WALLET_REJECTED" }} form={false} actions={{ retry }} />);
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(retry).toHaveBeenCalledOnce();
});
