import { ChartkeyError } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Picture } from "./Picture.tsx";

const open = vi.hoisted(() =>
  vi.fn<(...sent: [unknown, string, unknown, WritableStream<Uint8Array>]) => Promise<void>>(),
);
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), openRecordInto: open }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => ({}) }));

const [create, revoke] = [vi.fn<(blob: Blob) => string>(() => "blob:1"), vi.fn()];
beforeAll(async () => {
  Object.assign(URL, { createObjectURL: create, revokeObjectURL: revoke });
  await startTestI18n("en");
});
beforeEach(() => void [open, create, revoke].forEach((mock) => mock.mockClear()));
afterEach(cleanup);

const item = {
  file: { title: "scan", contentType: "image/png", size: 3 },
  entry: { patient: "0x01" },
  recordId: "0x02",
  index: 0,
} as unknown as ChartItem;

/** Hands a file over, whole and checked. */
const deliver = async (...[, , , sink]: Parameters<typeof open>) => {
  const writer = sink.getWriter();
  await writer.write(new Uint8Array([1, 2, 3]));
  await writer.close();
};

const show = () =>
  render(
    <MemoryRouter>
      <Picture item={item} title="Knee <b>left</b>" />
    </MemoryRouter>,
  );
const ask = () => fireEvent.click(screen.getByRole("button", { name: "Show the picture" }));

it("opens nothing before it is asked, then draws what was checked, as the type that it has", async () => {
  open.mockImplementation(deliver);
  const { unmount } = show();
  expect(open).not.toHaveBeenCalled();
  ask();
  const image = await screen.findByRole<HTMLImageElement>("img", { name: "Knee <b>left</b>" });
  expect(image.src).toBe("blob:1");
  expect([create.mock.calls[0]![0].type, create.mock.calls[0]![0].size]).toEqual(["image/png", 3]);
  expect(revoke).not.toHaveBeenCalled();
  unmount();
  expect(revoke).toHaveBeenCalledWith("blob:1");
});

it("shows no part of what fails its check, and can be asked again", async () => {
  open.mockRejectedValue(new ChartkeyError("PAYLOAD_ALTERED", "altered"));
  show();
  ask();
  await screen.findByRole("alert");
  expect(screen.queryByRole("img", { name: /Knee/ })).toBeNull();
  expect(create).not.toHaveBeenCalled();
  screen.getByRole("button", { name: "Show the picture" });
});

it("says when the browser cannot draw it", async () => {
  open.mockImplementation(deliver);
  show();
  ask();
  fireEvent.error(await screen.findByRole("img", { name: /Knee/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be drawn");
});
