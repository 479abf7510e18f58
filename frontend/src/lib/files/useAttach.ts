import { blobSpool, publishFile, type OnPhase } from "@chartkey/sdk";
import { useEffect, useRef, useState } from "react";
import type { Address } from "viem";
import { useRefreshChart } from "../chart/useChart.ts";
import { required } from "../session/required.ts";
import { useWritingSession } from "../session/outbox.ts";
import { useAction } from "../session/useAction.ts";
import { useUnloadWarning } from "../session/unload.ts";
import { mediaTypeOf } from "./mediaType.ts";

/** What is added, and where. */
export interface Attachment {
  readonly file: File;
  readonly title: string;
  readonly category: number;
}

/** Adds a file to a chart: one signature, told in percent until it is stored, and stopped until then also by leaving the page. */
export function useAttach(patient: Address) {
  const session = useWritingSession();
  const refresh = useRefreshChart();
  /** Of the running phase; null when there is nothing to count, or it is too late to stop. */
  const [percent, setPercent] = useState<number | null>(null);
  const stopper = useRef<AbortController>(null);
  const action = useAction(async (onPhase: OnPhase, { file, title, category }: Attachment) => {
    const stop = (stopper.current = new AbortController());
    const draft = { category, meta: { contentType: await mediaTypeOf(file), title }, file };
    await publishFile(required(session), patient, draft, await blobSpool(), {
      signal: stop.signal,
      onPhase: (phase) => {
        setPercent(phase === "encrypting" ? 0 : null);
        onPhase(phase);
      },
      onBytes: (done, total) => setPercent(done < total ? Math.floor((100 * done) / total) : null),
    });
    await refresh();
  });
  const stop = () => stopper.current?.abort();
  useEffect(() => () => stopper.current?.abort(), []);
  useUnloadWarning(action.running);
  return { action, percent: action.running ? percent : null, stop };
}
