/** One record of a CSV file, and the line of the file on which it begins (from 1). */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const BYTE_ORDER_MARK = "\ufeff";

/** What programs put between cells: the one that the first line holds most often. */
function separatorOf(text: string): string {
  const [first = ""] = text.split("\n", 1);
  const count = (separator: string) => first.split(separator).length;
  return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Reads CSV (RFC 4180), also with semicolons or tabs between its cells. Empty lines are left out; a quote that never ends takes the rest. */
export function parseCsv(file: string): CsvRow[] {
  const text = (file.startsWith(BYTE_ORDER_MARK) ? file.slice(1) : file).replaceAll(/\r\n?/g, "\n");
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let [line, start, cell, quoted, blank] = [1, 1, "", false, true];
  let cells: string[] = [];
  const endRow = () => {
    cells.push(cell);
    if (cells.some((each) => each.trim() !== "")) rows.push({ line: start, cells });
    [cells, cell, blank] = [[], "", true];
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === "\n") line += 1;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at]!;
      else quoted = false;
    } else if (letter === '"' && blank) [cell, quoted, blank] = ["", true, false];
    else if (letter === separator) {
      cells.push(cell);
      [cell, blank] = ["", true];
    } else if (letter === "\n") {
      endRow();
      start = line;
    } else {
      cell += letter;
      blank &&= letter.trim() === "";
    }
  }
  endRow();
  return rows;
}

/**
 * Where a formula may begin: at the start of a cell, and after whatever a spreadsheet may split a line at, which depends on its language
 * and minds no quotes that stand within a cell.
 */
const FORMULA = /(^|[;,\t\r\n])(?=[ "]*[=+\-@])|^(?=[\t\r])/g;

/** A cell that no spreadsheet takes for a formula, quoted as RFC 4180 says. */
function cell(text: string): string {
  const harmless = text.replace(FORMULA, "$1'");
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * A table as CSV (RFC 4180) for spreadsheets, its header first, after the mark by which they know UTF-8. What one could take for a formula
 * gets an apostrophe before it.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
