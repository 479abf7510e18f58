import { accountOf, readAccessLog } from "@chartkey/sdk";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Notice } from "../../components/Notice.tsx";
import { saveText } from "../../lib/download.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

type Format = "csv" | "fhir";

interface Made {
  readonly lines: number;
  /** Stores that did not say what they handed out. */
  readonly silent: readonly string[];
}

const EXTENSIONS: Readonly<Record<Format, string>> = { csv: "csv", fhir: "json" };

/** The access log as a file: what the chain says from the beginning, and what stores handed out since a day (UTC). */
export function AccessLogSection({ since }: { readonly since: string }) {
  const { t } = useTranslation("deliveries");
  const session = useUnlockedSession();
  const [made, setMade] = useState<Made | null>(null);
  const { run, running, error } = useAction(
    useCallback(
      async (_, format: Format) => {
        setMade(null);
        await saveText(`access-log-${new Date().toISOString().slice(0, 10)}.${EXTENSIONS[format]}`, async () => {
          const reader = required(session);
          const [{ lines, silent }, { accessLogCsv, buildAuditBundle }] = await Promise.all([
            readAccessLog(reader, accountOf(reader), { since }),
            import("@chartkey/sdk/records"),
          ]);
          setMade({ lines: lines.length, silent: silent.map(({ store }) => store) });
          const timestamp = new Date().toISOString();
          return format === "csv"
            ? accessLogCsv(lines)
            : JSON.stringify(buildAuditBundle(lines, { timestamp }), null, 2);
        });
      },
      [session, since],
    ),
  );
  const button = (format: Format) => (
    <button
      type="button"
      className="btn btn-plain"
      disabled={running || session === null}
      onClick={() => void run(format)}
    >
      {t(`log.${format}`)}
    </button>
  );
  return (
    <section className="ck-gap">
      <h2>{t("log.title")}</h2>
      <p className="ck-2 ck-measure mt-2">{t("log.text")}</p>
      {error !== null && <ErrorNotice error={error} />}
      <div className="ck-actions">
        {button("csv")}
        {button("fhir")}
      </div>
      {made && (
        <Notice className="mt-4" icon="checkCircle" live="status">
          {t("log.made", { count: made.lines })} {made.silent.map((store) => t("silent", { store })).join(" ")}
        </Notice>
      )}
    </section>
  );
}
