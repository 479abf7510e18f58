import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { Counted } from "../../routes/navigation.ts";
import { NewCount } from "./NewCount.tsx";

const count = vi.hoisted(() => ({ messages: 0, readers: 0 }));
vi.mock("../../features/messages/useCorrespondence.ts", () => ({ useUnreadCount: () => count.messages }));
vi.mock("../../lib/patient/useFirstAccesses.ts", () => ({ useNewReaderCount: () => count.readers }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function shown(messages: number, readers: number, of: readonly Counted[]) {
  Object.assign(count, { messages, readers });
  const { container } = render(<NewCount of={of} />);
  return [...container.children].map(({ textContent }) => textContent);
}

it("counts what a place is about, and says what it is", () => {
  expect(shown(2, 1, ["messages"])).toEqual(["2", "2 new messages"]);
  expect(shown(2, 1, ["readers"])).toEqual(["1", "1 new reader"]);
  expect(shown(2, 1, ["messages", "readers"])).toEqual(["3", "2 new messages, 1 new reader"]);
  expect(shown(0, 1, ["messages", "readers"])).toEqual(["1", "1 new reader"]);
  expect(shown(0, 1, ["messages"])).toEqual([]);
});
