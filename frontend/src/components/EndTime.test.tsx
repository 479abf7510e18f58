import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { EndTime } from "./EndTime.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function shown(...moment: [number, number, number, number]): string | null {
  const { container } = render(<EndTime seconds={new Date(...moment).getTime() / 1000} />);
  return container.textContent;
}

it("calls a midnight the end of the day before, and tells any other time", () => {
  expect(shown(2027, 1, 24, 0)).toMatch(/^the end of .*23/);
  expect(shown(2027, 1, 24, 18)).toMatch(/24.*(18|6):00/);
});
