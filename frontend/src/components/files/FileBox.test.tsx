import { ChartkeyError } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { heldFile, type FileSource } from "../../lib/files/source.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { FileBox } from "./FileBox.tsx";

const [create, revoke] = [vi.fn<(blob: Blob) => string>(() => "blob:1"), vi.fn()];
beforeAll(async () => {
  Object.assign(URL, { createObjectURL: create, revokeObjectURL: revoke });
  await startTestI18n("en");
});
beforeEach(() => void [create, revoke].forEach((mock) => mock.mockClear()));
afterEach(cleanup);

const bytes = vi.fn(() => new Uint8Array([1, 2, 3]));
const file = (contentType: string, more: Partial<FileSource> = {}): FileSource => ({
  ...heldFile({ title: "Knee <b>left</b>", contentType, size: 3 }, bytes),
  ...more,
});
const show = (source: FileSource) =>
  render(
    <MemoryRouter>
      <FileBox source={source} saved="Saved." />
    </MemoryRouter>,
  );
const ask = (name = "Show the picture") => fireEvent.click(screen.getByRole("button", { name }));
const textFile = (contentType: string, text: string) =>
  file(
    contentType,
    heldFile({ title: "t", contentType, size: 1 }, () => new TextEncoder().encode(text)),
  );

it("opens nothing before it is asked, then draws what was checked, as the type that it has", async () => {
  bytes.mockClear();
  const { unmount } = show(file("image/png"));
  expect(bytes).not.toHaveBeenCalled();
  ask();
  const image = await screen.findByRole<HTMLImageElement>("img", { name: "Knee <b>left</b>" });
  expect(image.src).toBe("blob:1");
  expect([create.mock.calls[0]![0].type, create.mock.calls[0]![0].size]).toEqual(["image/png", 3]);
  expect(revoke).not.toHaveBeenCalled();
  unmount();
  expect(revoke).toHaveBeenCalledWith("blob:1");
});

it("shows no part of what fails its check, and can be asked again", async () => {
  show(
    file("image/png", {
      write: () => Promise.reject(new ChartkeyError("PAYLOAD_ALTERED", "altered")),
    }),
  );
  ask();
  await screen.findByRole("alert");
  expect(screen.queryByRole("img", { name: /Knee/ })).toBeNull();
  expect(create).not.toHaveBeenCalled();
  screen.getByRole("button", { name: "Show the picture" });
});

it("says when the browser cannot draw it", async () => {
  show(file("image/png"));
  ask();
  fireEvent.error(await screen.findByRole("img", { name: /Knee/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be drawn");
});

it.each(["image/tiff", "application/zip", "application/octet-stream"])("only saves %s", (contentType) => {
  show(file(contentType));
  expect(screen.getAllByRole("button").map(({ textContent }) => textContent)).toEqual(["Save the file"]);
});

it("only saves what is larger than a page holds", () => {
  show(file("image/png", { size: (1 << 25) + 1 }));
  expect(screen.queryByRole("button", { name: /Show/ })).toBeNull();
});

it.each([
  ["text/html", "<script>globalThis.ran = true</script><h1>Results</h1>"],
  ["image/svg+xml", "<svg onload='globalThis.ran = true'></svg>"],
])("O13 shows %s letter by letter", async (contentType, text) => {
  const { container } = show(textFile(contentType, text));
  ask("Show the text");
  await screen.findByText(text);
  expect(container.querySelectorAll("pre script, pre h1, pre svg").length).toBe(0);
  expect(Reflect.get(globalThis, "ran")).toBeUndefined();
});

it("reads letters as the file says that they are written, and of many the first", async () => {
  const source = heldFile({ title: "t", contentType: "text/plain; charset=ISO-8859-1", size: 1 }, () =>
    Uint8Array.from([0xe9, ...Array.from({ length: 200_000 }, () => 0x61)]),
  );
  show(source);
  ask("Show the text");
  await screen.findByText(/^The first 200,000 letters/);
  expect(screen.getByText(/^éa+$/).textContent.length).toBe(200_000);
});

it("says of a DICOM file that is none that it cannot be read", async () => {
  show(file("application/dicom"));
  ask("Show what the file says of itself");
  expect((await screen.findByRole("alert")).textContent).toContain("DICOM");
});
