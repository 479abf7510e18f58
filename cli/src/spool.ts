import { createWriteStream, openAsBlob } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Writable } from "node:stream";
import type { Spool } from "@chartkey/sdk";
import type { Io } from "./io.ts";

type Sink = WritableStream<Uint8Array<ArrayBuffer>>;

/** Writes a new file that its owner alone reads. */
function sinkTo(path: string): Sink {
  return Writable.toWeb(createWriteStream(path, { flags: "wx", mode: 0o600 })) as Sink;
}

/** A place for ciphertext in the folder for temporary files. */
export async function temporarySpool(): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), "chartkey-sealed-"));
  const path = join(folder, "sealed");
  return {
    sink: sinkTo(path),
    file: () => openAsBlob(path),
    discard: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A sink that makes a whole file or none: beside its place until it is closed. */
export function wholeFileSink({ cwd }: Pick<Io, "cwd">, name: string): Sink {
  const path = resolve(cwd, name);
  const beside = `${path}.${randomUUID()}.part`;
  const writer = sinkTo(beside).getWriter();
  return new WritableStream({
    write: (part) => writer.write(part),
    async close() {
      await writer.close();
      await rename(beside, path);
    },
    async abort(reason) {
      await writer.abort(reason).catch(() => {});
      await rm(beside, { force: true });
    },
  });
}
