import type { SentState as State } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { LoggedTransaction } from "../../lib/sent/log.ts";
import SentState from "./SentState.tsx";

const shown = vi.hoisted(() => ({ sent: [] as unknown[], followed: [] as string[] }));
vi.mock("../../lib/sent/useSent.ts", () => ({ useSent: () => ({ sent: shown.sent }) }));
vi.mock("../../lib/sent/log.ts", () => ({ isFollowed: (hash: string) => shown.followed.includes(hash) }));
vi.mock("../../lib/sent/useSentWords.ts", () => ({
  useSentWords: () => (one: LoggedTransaction) => `call ${one.hash}`,
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const one = (hash: string, state: State | undefined) => ({
  transaction: { hash, outcome: state === "mined" || state === "failed" ? { state } : undefined },
  state,
});
const page = (path: string) => (
  <MemoryRouter initialEntries={[path]}>
    <SentState />
  </MemoryRouter>
);

function show(sent: readonly unknown[], path = "/patient") {
  shown.sent = [...sent];
  return render(page(path));
}

it("tells what was on its way when the page was opened, to its end, until it is put away", () => {
  const { rerender } = show([one("a", "waiting")]);
  expect(screen.getByRole("status").textContent).toContain("On its way to the chain: call a");
  expect(screen.queryByRole("button")).toBeNull();
  shown.sent = [one("a", "mined")];
  rerender(page("/patient"));
  expect(screen.getByRole("status").textContent).toContain("Now on the chain: call a");
  fireEvent.click(screen.getByRole("button", { name: "Put away" }));
  expect(screen.queryByRole("status")).toBeNull();
});

it("tells the end also when the node was asked too late to see it wait", () => {
  const { rerender } = show([one("a", undefined)]);
  expect(screen.queryByRole("status")).toBeNull();
  shown.sent = [one("a", "failed")];
  rerender(page("/patient"));
  expect(screen.getByRole("status").textContent).toContain("Refused by the contract: call a");
});

it("counts several", () => {
  show([one("a", "waiting"), one("b", "dropped")]);
  expect(screen.getByRole("status").textContent).toContain("2 transactions were on their way");
});

it.each([
  ["everything was decided before", [one("a", "mined")], "/patient", []],
  ["a form of this page follows it", [one("a", "waiting")], "/patient", ["a"]],
  ["it is what the page is about", [one("a", "waiting")], "/transactions", []],
])("says nothing when %s", (_, sent, path, followed) => {
  shown.followed = followed;
  show(sent, path);
  expect(screen.queryByRole("status")).toBeNull();
  shown.followed = [];
});
