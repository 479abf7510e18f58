import { useEffect, useState } from "react";

/** What was read of a file, or why not; neither while it is being read. */
export interface Reading<Result> {
  readonly value?: Result;
  readonly error?: unknown;
}

/** Reads a file once for as long as it is shown. `read` must stay the same function. */
export function useRead<Result>(file: Blob, read: (file: Blob) => Promise<Result>): Reading<Result> {
  const [reading, setReading] = useState<Reading<Result>>({});
  useEffect(() => {
    let isShown = true;
    const tell = (next: Reading<Result>) => {
      if (isShown) setReading(next);
    };
    read(file).then(
      (value) => tell({ value }),
      (error: unknown) => tell({ error }),
    );
    return () => {
      isShown = false;
    };
  }, [file, read]);
  return reading;
}
