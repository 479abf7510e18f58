import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { keepInvitation } from "../../lib/session/invitation.ts";
import { NoWallet } from "./NoWallet.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  keepInvitation(null);
});

it("has an invitation copied before the page is loaded again, whether it came as a link or as text", () => {
  for (const text of ["secret", " https://elsewhere.example/claim#secret "]) {
    keepInvitation(text);
    render(<NoWallet />);
    expect(screen.getByLabelText<HTMLInputElement>("Link of the invitation").value).toBe(
      `${window.location.origin}/claim#secret`,
    );
    expect(screen.queryByText(/load this page again/)).toBeNull();
    expect(window.location.href).not.toContain("secret");
    cleanup();
  }
});

it("has the page loaded again when there is nothing to lose", () => {
  render(<NoWallet />);
  expect(screen.getByText(/load this page again/)).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
});
