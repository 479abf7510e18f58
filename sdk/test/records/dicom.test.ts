import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDicomHeader } from "../../src/records/index.ts";

/** Explicit VR little endian; `value` is padded to an even length, as PS3.5 asks. */
function element(group: number, number: number, vr: string, value: Uint8Array | string): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value, "latin1") : Buffer.from(value);
  const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(vr === "UI" ? "\0" : " ")]);
  const head = Buffer.alloc(8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.write(vr, 4, "latin1");
  head.writeUInt16LE(padded.length, 6);
  return Buffer.concat([head, padded]);
}

function dicom(...elements: Buffer[]): Uint8Array {
  const syntax = element(2, 0x10, "UI", "1.2.840.10008.1.2.1");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(syntax.length);
  const meta = Buffer.concat([element(2, 0, "UL", length), syntax]);
  return new Uint8Array(Buffer.concat([Buffer.alloc(128), Buffer.from("DICM"), meta, ...elements]));
}

const read = async (bytes: Uint8Array) =>
  Object.fromEntries((await readDicomHeader(bytes)).map(({ label, text }) => [label, text]));

describe("a DICOM header", () => {
  it("names patient, study and size, dates as FHIR writes them", async () => {
    const file = dicom(
      element(8, 0x20, "DA", "20240131"),
      element(8, 0x60, "CS", "MR"),
      element(0x10, 0x10, "PN", "Okafor^Amara^^Dr^PhD"),
      element(0x10, 0x30, "DA", "1974"),
      element(0x28, 0x10, "US", new Uint8Array([0x40, 0x01])),
    );
    expect(await read(file)).toEqual({
      date: "2024-01-31",
      modality: "MR",
      patient: "Dr Amara Okafor PhD",
      birthDate: "1974",
      rows: "320",
    });
  });

  it.each([
    ["ISO_IR 192", new TextEncoder().encode("Ковальчук^Олена"), "Олена Ковальчук"],
    ["ISO_IR 144", Uint8Array.from([0xba, 0xde, 0x5e, 0xbe]), "О Ко"],
    [
      "\\ISO 2022 IR 87",
      Buffer.from("Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B", "latin1"),
      "Tarou Yamada, 太郎 山田",
    ],
    ["ISO_IR 100", Uint8Array.from([0x4a, 0xe9]), "Jé"],
    ["ISO_IR 999", new TextEncoder().encode("Plain"), "Plain"],
  ])("is read in the letters that it names: %s", async (letters, name, expected) => {
    const file = dicom(element(8, 5, "CS", letters), element(0x10, 0x10, "PN", name));
    expect(await read(file)).toMatchObject({ patient: expected });
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["something else", new TextEncoder().encode("%PDF-1.7".repeat(100))],
    ["one that is cut off", dicom(element(0x10, 0x10, "PN", "Okafor^Amara^^Dr")).slice(0, -5)],
  ])("is refused by name when it is %s", async (_, bytes) => {
    await expect(readDicomHeader(bytes)).rejects.toMatchObject({ code: "DICOM_NOT_READABLE" });
  });

  const shared = new URL("../../../../shared/data/fhir/attachments/", import.meta.url);
  it.each([
    ["pydicom__CT_small.dcm", { modality: "CT", rows: "128", columns: "128", date: "2004-01-19" }],
    ["pydicom__MR_small.dcm", { modality: "MR", rows: "64", manufacturer: "TOSHIBA_MEC" }],
    ["pydicom__chrFren.dcm", { patient: "Jérôme Buc" }],
    ["pydicom__test-SR.dcm", { modality: "SR", series: "Demonstration of SR Features" }],
  ])("of the public file %s is read", async (name, expected) => {
    const url = new URL(name, shared);
    if (!existsSync(url)) {
      process.stdout.write(`${name} is absent (../shared/data/fhir/attachments): it is not tested.\n`);
      return;
    }
    expect(await read(new Uint8Array(readFileSync(url)))).toMatchObject(expected);
  });
});
