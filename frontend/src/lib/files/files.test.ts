import { describe, expect, it } from "vitest";
import { mediaTypeOf, viewerOf } from "./mediaType.ts";
import { isProgram } from "./program.ts";
import { formatSize, MAX_FILE } from "./size.ts";

const dicom = new Uint8Array([...Array.from({ length: 128 }, () => 0), ...new TextEncoder().encode("DICM")]);

describe("what a file is", () => {
  it.each([
    ["what the browser says", new Blob(["x"], { type: "application/pdf" }), "application/pdf"],
    ["DICOM by its bytes, whatever its name", new Blob([dicom, "more"], { type: "image/png" }), "application/dicom"],
    ["a health card by its name", new File(["{}"], "Ada.Smart-Health-Card"), "application/smart-health-card"],
    ["bytes, when nobody knows", new Blob(["x"]), "application/octet-stream"],
    [
      "no record, when it calls itself one",
      new Blob(["{}"], { type: "application/fhir+json" }),
      "application/octet-stream",
    ],
    ["nothing of the sdk's own", new Blob(["{}"], { type: "application/vnd.chartkey.x" }), "application/octet-stream"],
  ])("is %s", async (_, file, expected) => {
    expect(await mediaTypeOf(file)).toBe(expected);
  });

  it.each([
    ["picture", ["image/png", "image/JPEG", "image/webp; x=y"]],
    ["pdf", ["application/pdf", "Application/PDF"]],
    ["dicom", ["application/dicom"]],
    ["card", ["application/smart-health-card"]],
    ["text", ["text/plain", "text/html; charset=utf-8", "image/svg+xml", "application/xml", "application/hl7-v2+xml"]],
    [undefined, ["image/tiff", "video/mp4", "application/zip", "application/jsonx", "pdf", ""]],
  ])("is shown as %s, and as nothing that runs", (viewer, types) => {
    expect(types.map(viewerOf)).toEqual(types.map(() => viewer));
  });
});

it("tells what runs as a program from what is read", () => {
  for (const name of ["virus.exe", "Setup.MSI", "run.sh", "scan.pdf.lnk", "app.apk"])
    expect(isProgram(name), name).toBe(true);
  for (const name of ["scan.pdf", "exe", "letter.docx", "notes.txt", "image.dcm"])
    expect(isProgram(name), name).toBe(false);
});

describe("the size of a file", () => {
  it.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1_000, "1 kB"],
    [2_340_000, "2.3 MB"],
    [MAX_FILE, "1 GB"],
  ])("of %i bytes is said in the largest unit", (bytes, expected) => {
    expect(formatSize(bytes, "en")).toBe(expected);
  });

  it("may be so much that its payload still fits into a store", () => {
    // docs/payload.md: Padmé adds at most 12 %, about 3 % from 64 KiB on; tags 16 bytes of 65,536.
    expect(MAX_FILE * 1.03 * (1 + 16 / 65_536)).toBeLessThan(2 ** 30);
  });
});
