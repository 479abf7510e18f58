import { ChartkeyError, type FileDraft, type FileProgress } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { MAX_FILE } from "../lib/files/size.ts";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { AttachForm } from "./AttachForm.tsx";

type Publish = (...sent: [unknown, string, FileDraft, unknown, FileProgress]) => Promise<string>;

const publish = vi.hoisted(() => vi.fn<Publish>());
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), publishFile: publish }));
// The Blob of this environment cannot be read.
vi.mock("../lib/files/mediaType.ts", () => ({ mediaTypeOf: ({ type }: Blob) => Promise.resolve(type) }));
vi.mock("../lib/session/outbox.ts", () => ({ useWritingSession: () => ({}) }));
vi.mock("../lib/chart/useChart.ts", () => ({ useRefreshChart: () => () => Promise.resolve() }));

beforeAll(() => startTestI18n("en"));
beforeEach(() => void publish.mockReset());
afterEach(cleanup);

const onAdded = vi.fn();
const program = new File(["MZ"], "virus.exe", { type: "application/x-msdownload" });
const field = () => screen.getByLabelText<HTMLInputElement>("File");
const title = () => screen.getByLabelText<HTMLInputElement>("Title");
const sign = () => screen.getByRole<HTMLButtonElement>("button", { name: "Sign and add file" });
const pick = (file: File) => fireEvent.change(field(), { target: { files: [file] } });
const scan = new File(["bytes"], "scan.pdf", { type: "application/pdf" });

function show(name?: string) {
  onAdded.mockReset();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <AttachForm patient="0x01" categories={[7, 2]} onAdded={onAdded} {...(name ? { name } : {})} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

/** A file on its way until the test lets it end. */
function hold() {
  const told: { progress?: FileProgress; end: (error?: unknown) => void } = { end: () => undefined };
  publish.mockImplementation((...sent) => {
    const progress = sent[4];
    told.progress = progress;
    return new Promise((resolve, reject) => {
      told.end = (error) => (error === undefined ? resolve("0x") : reject(error as Error));
      progress.signal?.addEventListener("abort", () => reject(new ChartkeyError("FILE_STOPPED", "stopped")));
    });
  });
  return told;
}

it("says first how much may be added, and takes nothing larger or empty", () => {
  show();
  screen.getByText("PDF, picture, DICOM, or any other; at most 1 GB.");
  expect(sign().disabled).toBe(true);
  const large = Object.defineProperty(new File(["x"], "film.mkv"), "size", { value: MAX_FILE + 1 });
  pick(large);
  expect(screen.getByRole("alert").textContent).toBe("This file is too large: at most 1 GB can be added.");
  pick(new File([], "nothing.txt"));
  expect(screen.getByRole("alert").textContent).toBe("This file is empty.");
  expect([sign().disabled, title().value]).toEqual([true, ""]);
  pick(scan);
  expect(sign().disabled).toBe(false);
  pick(large);
  expect(sign().disabled).toBe(true);
});

it("adds what was dropped, under its name or another one, as what it is", async () => {
  publish.mockResolvedValue("0x");
  show("Ananya Sharma");
  fireEvent.drop(field(), { dataTransfer: { files: [scan] } });
  expect(title().value).toBe("scan.pdf");
  fireEvent.change(title(), { target: { value: " Letter " } });
  pick(new File(["other"], "other.pdf", { type: "application/pdf" }));
  expect(title().value).toBe(" Letter ");
  fireEvent.change(screen.getByLabelText("Category"), { target: { value: "2" } });
  expect(document.querySelector(".ck-sign")?.textContent).toContain(
    "I add the file Letter to the chart of Ananya Sharma, in the category “Notes”.",
  );
  fireEvent.click(sign());
  await waitFor(() => expect(onAdded).toHaveBeenCalledExactlyOnceWith(2));
  const [, patient, { category, meta, file }] = publish.mock.calls[0]!;
  expect([patient, category, meta]).toEqual(["0x01", 2, { contentType: "application/pdf", title: "Letter" }]);
  expect(file.size).toBe(5);
});

it("tells how far it is, and can be stopped until all is stored; what was chosen stays", async () => {
  const told = hold();
  show();
  pick(scan);
  fireEvent.click(sign());
  await waitFor(() => expect(told.progress).toBeDefined());
  act(() => told.progress!.onPhase!("encrypting"));
  act(() => told.progress!.onBytes!(5, 10));
  expect(screen.getByRole<HTMLProgressElement>("progressbar", { name: "Progress" }).value).toBe(50);
  screen.getByText("50%");
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await screen.findByText("You stopped the file");
  expect(onAdded).not.toHaveBeenCalled();
  expect([title().value, sign().disabled]).toEqual(["scan.pdf", false]);
});

it("offers no stop when it is too late, and keeps the choice when signing fails", async () => {
  const told = hold();
  show();
  pick(scan);
  fireEvent.click(sign());
  await waitFor(() => expect(told.progress).toBeDefined());
  act(() => told.progress!.onPhase!("uploading"));
  act(() => told.progress!.onBytes!(5, 10));
  screen.getByRole("button", { name: "Stop" });
  act(() => told.progress!.onBytes!(10, 10));
  expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
  act(() => told.progress!.onPhase!("confirming"));
  await act(async () => told.end(new ChartkeyError("WALLET_REJECTED", "declined")));
  await screen.findByText("You declined. Nothing was sent.");
  expect([title().value, sign().disabled]).toEqual(["scan.pdf", false]);
});

it("stops when its page goes away", async () => {
  const told = hold();
  show();
  pick(scan);
  fireEvent.click(sign());
  await waitFor(() => expect(told.progress).toBeDefined());
  cleanup();
  expect(told.progress!.signal!.aborted).toBe(true);
});

it("shows tags of a title and of a name as text, in the sentence that is signed", () => {
  show("Eve <img src=x>");
  pick(new File(["x"], "</b>scan<b>.pdf", { type: "application/pdf" }));
  const sentence = screen.getByRole("group", { name: "What your signature will mean" });
  expect(sentence.textContent).toContain("</b>scan<b>.pdf");
  expect(sentence.textContent).toContain("Eve <img src=x>");
  expect(sentence.querySelector("img")).toBeNull();
});

it("says of a program that it is one, and takes it all the same", () => {
  show();
  pick(scan);
  expect(screen.queryByText("This is a program, not a document")).toBeNull();
  pick(program);
  expect(screen.getByText("This is a program, not a document")).toBeDefined();
  expect(sign().disabled).toBe(false);
});
