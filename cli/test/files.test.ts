import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importDraft } from "@chartkey/sdk";
import type { ImportItem } from "@chartkey/sdk/records";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listFiles, requireFree, writeWhole } from "../src/files.ts";
import { readFiles } from "../src/import-files.ts";
import { printable } from "../src/io.ts";
import { toAddress, toCategories, toEnd, toInstant } from "../src/values.ts";

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "chartkey-files-"));
});

afterEach(() => rm(cwd, { recursive: true, force: true }));

describe("files", () => {
  it("leaves large files of resources where they are, unless their resources are wanted whole", async () => {
    const data = Buffer.alloc(300_000, "x").toString("base64");
    const path = join(cwd, "film.json");
    await writeFile(path, JSON.stringify({ resourceType: "Binary", contentType: "image/png", data }));
    const read = async (isWhole: boolean) => {
      const { items } = await readFiles([{ name: "film.json", path }], undefined, { isWhole });
      const { value } = await items().next();
      return value as ImportItem;
    };
    const [apart, whole] = [await read(false), await read(true)];
    expect([apart.resource, apart.detached?.map(({ at, size }) => [at, size])]).toEqual([
      { resourceType: "Binary", contentType: "image/png" },
      [["/data", 300_000]],
    ]);
    expect(() => importDraft(apart)).toThrow(expect.objectContaining({ code: "IMPORT_FILES_BESIDE" }));
    expect([whole.resource, whole.detached]).toEqual([
      { resourceType: "Binary", contentType: "image/png", data },
      undefined,
    ]);
  });

  it("of a directory are all read or named, hidden ones left out, and lines of damage are told", async () => {
    await mkdir(join(cwd, "in", "deeper"), { recursive: true });
    await writeFile(join(cwd, "in", "a.json"), '{"resourceType":"Basic","id":"a","code":{"text":"x"}}');
    await writeFile(
      join(cwd, "in", "deeper", "b.ndjson"),
      '{"resourceType":"Basic","code":{"text":"x"}}\n{"resourceType":\n',
    );
    await writeFile(join(cwd, "in", "notes.txt"), "x");
    await writeFile(join(cwd, "in", ".hidden"), "x");
    const files = await listFiles({ cwd }, "in");
    const told: number[] = [];
    const onBytes = (done: number, total: number) => void told.push(done / total);
    const { categories, items, refused, refusedPlaces } = await readFiles(files, undefined, { onBytes });
    expect(categories).toHaveLength(2);
    const named: string[] = [];
    for await (const { file, path } of items()) named.push(`${file} ${path}`);
    expect(named).toEqual([`${join("in", "a.json")} Basic`, `${join("in", "deeper", "b.ndjson")} [0].Basic`]);
    expect(told.at(-1)).toBeLessThanOrEqual(1);
    expect(refusedPlaces).toBe(2);
    expect(refused).toEqual([
      {
        file: join("in", "deeper", "b.ndjson"),
        path: "[1].resourceType",
        reason: expect.stringContaining("(line 2).") as string,
      },
      { file: join("in", "notes.txt"), path: "$", reason: expect.stringContaining("not read") as string },
    ]);
  });

  it("are written whole, for their owner alone, and leave nothing beside them", async () => {
    await writeWhole({ cwd }, "out.json", "old");
    await writeWhole({ cwd }, "out.json", "new");
    expect(await readFile(join(cwd, "out.json"), "utf8")).toBe("new");
    expect((await stat(join(cwd, "out.json"))).mode & 0o777).toBe(0o600);
    await mkdir(join(cwd, "folder"));
    await expect(writeWhole({ cwd }, "folder", "x")).rejects.toMatchObject({ path: "folder" });
    expect(await readdir(cwd)).toEqual(["folder", "out.json"]);
  });

  it("are not written over unasked", async () => {
    await requireFree({ cwd }, "out.json");
    await writeWhole({ cwd }, "out.json", "kept");
    await expect(requireFree({ cwd }, "out.json")).rejects.toMatchObject({ code: "FILE_EXISTS" });
  });
});

describe("values", () => {
  it("a date means its end in UTC, an instant itself", () => {
    expect(toInstant(toEnd("2028-02-29"))).toBe("2028-03-01T00:00:00Z");
    expect(toInstant(toEnd("2027-06-30T12:00:00+02:00"))).toBe("2027-06-30T10:00:00Z");
    for (const wrong of ["2027-02-29", "2027-06-30 12:00", "2027-06-30T12:00", "tomorrow", ""])
      expect(() => toEnd(wrong)).toThrow("Expected");
  });

  it("categories and addresses are read strictly", () => {
    expect(toCategories("results, diagnosis,7")).toEqual([5, 7]);
    expect(toCategories("all")).toHaveLength(9);
    for (const wrong of ["", "constructor", "0", "10", "1.5"]) expect(() => toCategories(wrong)).toThrow("Expected");
    const address = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
    expect(toAddress(address.toLowerCase())).toBe(address);
    expect(() => toAddress(address.replace("90F7", "90f7"))).toThrow("checksum");
  });

  it("text of records cannot steer the terminal", () => {
    expect(printable("a\u001b[31mb\u202ec\nd")).toBe("a [31mb c d");
    expect(printable("Ananya अनन्या · 山田")).toBe("Ananya अनन्या · 山田");
  });
});
