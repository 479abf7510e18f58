import { afterEach, describe, expect, it, vi } from "vitest";
import { fileName, openDownload } from "./download.ts";

afterEach(() => vi.unstubAllGlobals());

describe("a download", () => {
  it.each([
    ["MRI of the head.dcm", "MRI of the head.dcm"],
    ["../../etc/passwd", "etc passwd"],
    ["a\u202efdp.exe\u0000", "a fdp.exe"],
    ["...", "file"],
    ["x".repeat(300), "x".repeat(120)],
  ])("O13 names the file after %j without a path or what turns text round", (title, name) => {
    expect(fileName(title)).toBe(name);
  });

  it("is nothing when the person closes the dialog", async () => {
    vi.stubGlobal("showSaveFilePicker", () => Promise.reject(new DOMException("closed", "AbortError")));
    expect(await openDownload("a")).toBeNull();
  });

  it("O08 O13 is saved as a whole and as bytes alone where there is no dialog", async () => {
    const saved: Blob[] = [];
    const createObjectURL = (blob: Blob) => {
      saved.push(blob);
      return "blob:1";
    };
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL, revokeObjectURL: () => undefined }));
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    const download = (await openDownload("page.html"))!;
    const writer = download.sink.getWriter();
    await writer.write(new TextEncoder().encode("<script>"));
    expect(() => download.finish()).toThrow(/not complete/);
    await writer.close();
    download.finish();
    expect(saved.map(({ type, size }) => [type, size])).toEqual([["application/octet-stream", 8]]);
    expect(click).toHaveBeenCalledOnce();
  });
});
