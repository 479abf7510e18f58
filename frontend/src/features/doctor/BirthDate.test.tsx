import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { BirthDate } from "./BirthDate.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function said(birthDate: string | undefined, read: number, isOpen = true): string {
  const { container } = render(<BirthDate birthDate={birthDate} read={read} isOpen={isOpen} />);
  return container.textContent;
}

it("tells what nobody wrote from what is not shared, and says neither before it is known", () => {
  expect(said("1984-02-29", 1 << 1)).toBe("Born February 29, 1984");
  expect(said(undefined, 1 << 7)).toBe("Date of birth not shared with you");
  expect(said(undefined, 1 << 1)).toBe("No date of birth is recorded in what is shared with you");
  expect(said(undefined, 1 << 1, false)).toBe("");
});
