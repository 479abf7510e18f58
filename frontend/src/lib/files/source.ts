/** A file that is opened when somebody asks for it, and how. */
export interface FileSource {
  readonly title: string;
  /** Media type as its author wrote it. */
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Writes the whole file and closes the sink. Throws what opening throws; then nothing of it is shown or saved. */
  readonly write: (sink: WritableStream<Uint8Array<ArrayBuffer>>) => Promise<void>;
}

/** A file whose bytes are at hand. */
export function heldFile(about: Omit<FileSource, "write">, bytes: () => Uint8Array<ArrayBuffer>): FileSource {
  return { ...about, write: writeHeld(bytes) };
}

/** How such a file is written. */
export function writeHeld(bytes: () => Uint8Array<ArrayBuffer>): FileSource["write"] {
  return async (sink) => {
    const writer = sink.getWriter();
    await writer.write(bytes());
    await writer.close();
  };
}

/** What shows a file. */
export interface ShownFileProps {
  /** The whole file, checked. */
  readonly file: Blob;
  readonly title: string;
}
