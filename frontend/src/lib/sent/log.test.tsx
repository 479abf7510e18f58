import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

const KEY = "chartkey.sent";
const from = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const hashOf = (number: number) => `0x${number.toString(16).padStart(64, "0")}` as const;
const sent = (number: number) => ({ hash: hashOf(number), from, to, functionName: "grant" }) as const;
const kept = () => JSON.parse(localStorage.getItem(KEY) ?? "[]") as { hash: string }[];

/** As a page that was just loaded. */
async function load() {
  vi.resetModules();
  return import("./log.ts");
}

beforeEach(() => localStorage.clear());

it("keeps the newest hundred, and follows in this page what it sent", async () => {
  const { noteSent, isFollowed } = await load();
  for (let number = 1; number <= 101; number += 1) noteSent(7, sent(number));
  expect(kept()).toHaveLength(100);
  expect(kept()[0]).toMatchObject({ ...sent(101), chainId: 7 });
  expect(isFollowed(hashOf(101))).toBe(true);
  expect((await load()).isFollowed(hashOf(101))).toBe(false);
});

it("adds to what another page wrote meanwhile", async () => {
  const [one, other] = [await load(), await load()];
  one.noteSent(7, sent(1));
  other.noteSent(7, sent(2));
  one.noteStanding(hashOf(1), { outcome: { state: "mined", block: 3 } });
  expect(kept().map(({ hash }) => hash)).toEqual([hashOf(2), hashOf(1)]);
});

it("forgets what is decided of one account, and keeps what is open", async () => {
  const { noteSent, noteStanding, forgetDecided } = await load();
  for (const number of [1, 2]) noteSent(7, sent(number));
  noteSent(7, { ...sent(3), from: to });
  for (const number of [1, 3]) noteStanding(hashOf(number), { outcome: { state: "mined", block: 3 } });
  forgetDecided(from);
  expect(kept().map(({ hash }) => hash)).toEqual([hashOf(3), hashOf(2)]);
});

it("shows what another page of the browser wrote", async () => {
  const { useSentLog } = await load();
  const { result } = renderHook(() => useSentLog());
  expect(result.current).toEqual([]);
  localStorage.setItem(KEY, JSON.stringify([{ ...sent(1), chainId: 7, at: 1 }]));
  act(() => void window.dispatchEvent(new StorageEvent("storage", { key: KEY })));
  expect(result.current).toHaveLength(1);
});

it.each([
  "{",
  "{}",
  "null",
  JSON.stringify([{ ...sent(1), chainId: 7, at: 1, outcome: { state: "odd" } }, 5, null]),
  JSON.stringify([{ ...sent(1), chainId: 7, at: 1, about: "<b>" }]),
])("takes %s in the storage for nothing", async (text) => {
  localStorage.setItem(KEY, text);
  const { noteSent } = await load();
  noteSent(7, sent(2));
  expect(kept().map(({ hash }) => hash)).toEqual([hashOf(2)]);
});
