import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { PaceBar } from "./PaceBar.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const show = (pace: Parameters<typeof PaceBar>[0]["pace"]) =>
  render(<PaceBar label="Reading the file" pace={pace} format={(count) => `${Math.round(count)} MB`} />);

it("tells how far, how fast and how long", () => {
  const { container } = show({ done: 25, total: 100, rate: 5.2, secondsLeft: 15 });
  expect(screen.getByRole<HTMLProgressElement>("progressbar", { name: "Reading the file" }).value).toBe(25);
  expect(container.textContent).toContain("25 MB of 100 MB, 5 MB a second, 15 seconds left");
});

it("tells no speed that nobody knows yet, and no time left at the end", () => {
  expect(show({ done: 0, total: 0 }).container.textContent).toMatch(/0 MB of 0 MB$/);
  cleanup();
  expect(show({ done: 9, total: 9, rate: 3, secondsLeft: 0 }).container.textContent).toMatch(/3 MB a second$/);
});
