import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { DraftNotice } from "./DraftNotice.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

it("throws nothing away before it is asked once more", () => {
  const onClear = vi.fn();
  render(<DraftNotice restored onClear={onClear} />);
  press("Begin anew");
  expect(onClear).not.toHaveBeenCalled();
  press("Keep it");
  expect(screen.getByText(/is here again/)).toBeDefined();
  press("Begin anew");
  press("Throw it away");
  expect(onClear).toHaveBeenCalledOnce();
});
