import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { NewReaders } from "./NewReaders.tsx";

const state = vi.hoisted(() => ({ readers: [] as { reader: string }[], markSeen: vi.fn() }));
vi.mock("../../lib/patient/useFirstAccesses.ts", () => ({ useNewReaders: () => ({ ...state, bounded: false }) }));
vi.mock("../../components/AccountName.tsx", () => ({ AccountName: ({ account }: { account: string }) => account }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("names who is new above the list, and takes it as seen there", () => {
  state.readers = ["0xA", "0xB", "0xC", "0xD"].map((reader) => ({ reader }));
  render(<NewReaders />);
  expect(screen.getByRole("status").textContent).toMatch(/4 new readers0xA, 0xB, 0xC, and 1 more/);
  fireEvent.click(screen.getByRole("button", { name: "I have seen this" }));
  expect(state.markSeen).toHaveBeenCalledOnce();
});

it("says nothing when nobody is new", () => {
  state.readers = [];
  render(<NewReaders />);
  expect(screen.queryByRole("status")).toBeNull();
});
