import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { describe, expect, it, onTestFinished } from "vitest";
import { ROOT } from "../../scripts/lib/settings.ts";

interface Locked {
  link?: boolean;
  version?: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}

const readJson = async <T>(name: string) => JSON.parse(await readFile(join(ROOT, name), "utf8")) as T;

/** What a build of the app consists of: each file with its SHA-256. */
async function buildOf(outDir: string): Promise<string[]> {
  const root = join(ROOT, "frontend");
  await build({
    root,
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  });
  const files = (await readdir(outDir, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  return Promise.all(
    paths.map(async (path) => {
      const digest = createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
      return `${digest} ${path.slice(outDir.length)}`;
    }),
  );
}

describe("what is installed and built", () => {
  it("O27 is locked with the integrity of every package, wherever it comes from", async () => {
    const { packages } = await readJson<{ packages: Record<string, Locked> }>("package-lock.json");
    const foreign = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
    expect(foreign.length).toBeGreaterThan(500);
    for (const [path, { integrity, resolved }] of foreign)
      expect({ path, integrity, resolved }).toEqual({
        path,
        integrity: expect.stringMatching(/^sha512-/) as string,
        resolved: undefined,
      });
  });

  it("O27 runs no script of a dependency: npm 12 is told so of each that has one, the set-up of all", async () => {
    const { packages } = await readJson<{ packages: Record<string, Locked> }>("package-lock.json");
    const { allowScripts } = await readJson<{ allowScripts: Record<string, boolean> }>("package.json");
    const scripted = Object.entries(packages)
      .filter(([path, { hasInstallScript }]) => path !== "" && hasInstallScript === true)
      .map(([path]) => path.split("node_modules/").at(-1)!);
    expect(allowScripts).toEqual(Object.fromEntries(scripted.map((name) => [name, false])));
    for (const name of ["bootstrap.mjs", "ensure-native.mjs"])
      expect(await readFile(join(ROOT, "scripts/setup", name), "utf8")).toMatch(
        /\["(ci|install)",[^\]]*"--ignore-scripts"/,
      );
  });

  it("O27 is the same app each time that it is built", { timeout: 180_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "chartkey-build-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [first, second] = [await buildOf(join(folder, "a")), await buildOf(join(folder, "b"))];
    expect(first.length).toBeGreaterThan(20);
    expect(second).toEqual(first);
  });
});
