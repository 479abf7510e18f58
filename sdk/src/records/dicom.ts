import type { DataSet } from "dicom-parser";
import { ChartkeyError } from "../errors.ts";

/** One line of a DICOM header that a person reads; `label` is a key for the table of a user interface, `text` is as written. */
export interface DicomLine {
  readonly label: string;
  readonly text: string;
}

/** Pixels begin here (DICOM PS3.6): the header ends. */
const PIXEL_DATA = "x7fe00010";
const CHARACTER_SET = "x00080005";

/** Specific Character Set (DICOM PS3.3, C.12.1.1.2) by the labels of the Encoding Standard; by default it is ASCII. */
const ENCODINGS: Readonly<Record<string, string>> = {
  "ISO_IR 100": "iso-8859-1",
  "ISO_IR 101": "iso-8859-2",
  "ISO_IR 109": "iso-8859-3",
  "ISO_IR 110": "iso-8859-4",
  "ISO_IR 144": "iso-8859-5",
  "ISO_IR 127": "iso-8859-6",
  "ISO_IR 126": "iso-8859-7",
  "ISO_IR 138": "iso-8859-8",
  "ISO_IR 148": "iso-8859-9",
  "ISO_IR 166": "windows-874",
  "ISO_IR 192": "utf-8",
  "ISO_IR 13": "shift_jis",
  GB18030: "gb18030",
  GBK: "gbk",
  "ISO 2022 IR 87": "iso-2022-jp",
  "ISO 2022 IR 149": "euc-kr",
};

/** "a^b" and the groups of ideographic and phonetic forms (PS3.5, 6.2.1) as a person writes a name. */
function nameText(value: string): string {
  const groups = value.split("=").map((group) => {
    const [family = "", given = "", middle = "", prefix = "", suffix = ""] = group.split("^");
    return [prefix, given, middle, family, suffix].filter(Boolean).join(" ");
  });
  return groups.filter(Boolean).join(", ");
}

/** `20240131` as FHIR writes it, which a program shows as a date; anything else as it stands. */
function dateText(value: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? [];
  return year === undefined ? value : `${year}-${month}-${day}`;
}

type Read = (set: DataSet, tag: string, decoder: TextDecoder) => string | undefined;

const string: Read = ({ elements, byteArray }, tag, decoder) => {
  const element = elements[tag];
  if (element === undefined) return undefined;
  const bytes = byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  // A designation of Korean letters stands before them; the decoder knows the letters alone.
  const written = decoder.decode(bytes).replaceAll("\u001b$)C", "");
  return (
    written
      .replaceAll("\\", ", ")
      .replace(/[\0\s]+$/g, "")
      .trim() || undefined
  );
};
const then =
  (change: (text: string) => string): Read =>
  (...from) => {
    const text = string(...from);
    return text === undefined ? undefined : change(text);
  };
const name = then(nameText);
const date = then(dateText);
/** Unsigned 16 bit. */
const count: Read = (set, tag) => set.uint16(tag)?.toString();

const LINES: readonly (readonly [label: string, tag: string, read: Read])[] = [
  ["patient", "x00100010", name],
  ["patientId", "x00100020", string],
  ["birthDate", "x00100030", date],
  ["sex", "x00100040", string],
  ["modality", "x00080060", string],
  ["date", "x00080020", date],
  ["study", "x00081030", string],
  ["series", "x0008103e", string],
  ["bodyPart", "x00180015", string],
  ["organization", "x00080080", string],
  ["referrer", "x00080090", name],
  ["manufacturer", "x00080070", string],
  ["model", "x00081090", string],
  ["rows", "x00280010", count],
  ["columns", "x00280011", count],
  ["frames", "x00280008", string],
];

function decoderOf(set: DataSet): TextDecoder {
  const sets = (set.string(CHARACTER_SET) ?? "")
    .split("\\")
    .map((each) => each.trim().replace("ISO 2022 IR 100", "ISO_IR 100"));
  const known = sets.toReversed().find((each) => ENCODINGS[each] !== undefined);
  return new TextDecoder(known === undefined ? "us-ascii" : ENCODINGS[known]);
}

/**
 * What the header of a DICOM file (PS3.10) says of patient, study and equipment. Sequences and pixels are not looked at.
 *
 * @throws ChartkeyError `DICOM_NOT_READABLE` when it is none, or is cut off before its pixels
 */
export async function readDicomHeader(bytes: Uint8Array): Promise<DicomLine[]> {
  const { parseDicom } = (await import("dicom-parser")).default;
  try {
    const set = parseDicom(bytes, { untilTag: PIXEL_DATA });
    const decoder = decoderOf(set);
    return LINES.flatMap(([label, tag, read]) => {
      const text = read(set, tag, decoder);
      return text === undefined || text === "" ? [] : [{ label, text }];
    });
  } catch (cause) {
    throw new ChartkeyError(
      "DICOM_NOT_READABLE",
      "The header of this DICOM file cannot be read. The file itself is as its author stored it; save it and open it with a program for DICOM.",
      { cause },
    );
  }
}
