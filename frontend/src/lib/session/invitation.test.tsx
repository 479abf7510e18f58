import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { BrowserRouter, useLocation } from "react-router";
import { afterEach, expect, it } from "vitest";
import { keepInvitation, useInvitationText } from "./invitation.ts";

afterEach(() => {
  cleanup();
  keepInvitation(null);
});

function Shown() {
  return (
    <>
      <p>{useInvitationText() ?? "nothing"}</p>
      <output>{useLocation().hash}</output>
    </>
  );
}

function open(path: string) {
  window.history.pushState(null, "", path);
  render(
    <BrowserRouter>
      <Shown />
    </BrowserRouter>,
  );
}

it("takes the invitation out of the address bar, the router and the history entry, and keeps it in memory", async () => {
  open("/claim#secret");
  const entries = window.history.length;
  await screen.findByText("secret");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe(""));
  expect(window.location.href).toBe(`${window.location.origin}/claim`);
  expect(window.history.length).toBe(entries);
  expect(JSON.stringify([window.history.state, { ...sessionStorage }, { ...localStorage }])).not.toContain("secret");
});

it("has nothing without a fragment", async () => {
  open("/claim");
  await screen.findByText("nothing");
});
