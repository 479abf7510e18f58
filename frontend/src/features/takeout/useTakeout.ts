import {
  accountOf,
  EXPORT_FILES,
  exportChart,
  exportedText,
  readChartProof,
  readTimeline,
  summarizeChart,
  type ExportFormat,
  type ExportedChart,
  type UnlockedSession,
} from "@chartkey/sdk";
import { loadValidator, type PatientSummary } from "@chartkey/sdk/records";
import { useCallback, useState } from "react";
import { categoriesOf, type CategoryMask } from "../../lib/format/categories.ts";
import { saveText } from "../../lib/download.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

export interface Choice {
  readonly format: ExportFormat;
  readonly categories: CategoryMask;
  /** Also files that are no FHIR. */
  readonly withFiles: boolean;
  /** Also who may read, and where each record stands on the chain. */
  readonly withProof: boolean;
}

/** What was made, and the stores that did not say what they handed out. */
export interface MadeFile extends ExportedChart {
  readonly silent: readonly string[];
}

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = { bundle: "json", ndjson: "ndjson", ips: "json" };

const read = (session: UnlockedSession) => Promise.all([readTimeline(session, accountOf(session)), loadValidator()]);

/** Makes the file on this device, where the person says. */
export function useFile() {
  const session = useUnlockedSession();
  const [made, setMade] = useState<MadeFile | null>(null);
  const action = useAction(
    useCallback(
      async (_, { format, categories, withFiles, withProof }: Choice) => {
        setMade(null);
        const date = new Date().toISOString();
        await saveText(`chart-${format}-${date.slice(0, 10)}.${EXTENSIONS[format]}`, async () => {
          const unlocked = required(session);
          const [timeline, validator] = await read(unlocked);
          const proof = withProof ? await readChartProof(unlocked, timeline, date) : undefined;
          const chosen = {
            format,
            categories: categoriesOf(categories),
            ...(proof && { proof }),
            ...(withFiles && { files: EXPORT_FILES }),
          };
          const file = exportChart(timeline, validator, { ...chosen, date });
          setMade({ ...file, silent: (proof?.silent ?? []).map(({ store }) => store) });
          return exportedText(unlocked, timeline.patient, file);
        });
      },
      [session],
    ),
  );
  return { ...action, made };
}

/** Makes the summary that is printed. */
export function useSummary() {
  const session = useUnlockedSession();
  const [summary, setSummary] = useState<PatientSummary | null>(null);
  const action = useAction(
    useCallback(
      async (_, { categories }: Pick<Choice, "categories">) => {
        const [timeline, validator] = await read(required(session));
        const date = new Date().toISOString();
        setSummary(summarizeChart(timeline, validator, { categories: categoriesOf(categories), date }));
      },
      [session],
    ),
  );
  return { ...action, summary, clear: useCallback(() => setSummary(null), []) };
}
