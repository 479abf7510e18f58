import { blobSink, utf8 } from "@chartkey/sdk";

/** A file that is being written, and what to do at its end. */
export interface Download {
  readonly sink: WritableStream<Uint8Array<ArrayBuffer>>;
  finish(): void;
}

interface FilePicker {
  showSaveFilePicker(options: { suggestedName: string }): Promise<{
    createWritable(): Promise<WritableStream<Uint8Array<ArrayBuffer>>>;
  }>;
}

/** Whatever it is, the browser saves it and does not open it. */
const OPAQUE = "application/octet-stream";

/** A name that every file system takes: a title is its author's, and could be a path. */
export function fileName(title: string): string {
  const name = title
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, " ")
    .replace(/^[\s.]+|\s+$/g, "")
    .slice(0, 120);
  return name === "" ? "file" : name;
}

/**
 * Where a file of any size goes: where the person says, part by part, if the browser has such a dialog; otherwise into a Blob, which it
 * saves at the end. Null when the dialog was closed.
 */
export async function openDownload(title: string): Promise<Download | null> {
  const suggestedName = fileName(title);
  if ("showSaveFilePicker" in window) {
    try {
      const file = await (window as unknown as FilePicker).showSaveFilePicker({ suggestedName });
      return { sink: await file.createWritable(), finish: () => undefined };
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return null;
      throw error;
    }
  }
  const { sink, blob } = blobSink(OPAQUE);
  return { sink, finish: () => saveBlob(blob(), suggestedName) };
}

/**
 * Saves a text, or the parts of one, made once the person has said where: browsers ask only as the answer to a click, so before anything else. False when
 * the dialog was closed. Throws what `make` and the file throw; then nothing is saved.
 */
export async function saveText(title: string, make: () => Promise<string | AsyncIterable<string>>): Promise<boolean> {
  const download = await openDownload(title);
  if (download === null) return false;
  const writer = download.sink.getWriter();
  try {
    const made = await make();
    for await (const part of typeof made === "string" ? [made] : made) await writer.write(utf8(part));
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
  download.finish();
  return true;
}

function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
