import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useBlockNumber } from "wagmi";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { AnchorList } from "./AnchorList.tsx";
import { anchorsQuery, batchesQuery } from "./ledgerQueries.ts";
import { matchAnchors, referencesOf, type Wanted } from "./lib/matchAnchors.ts";
import { NewerBlock } from "./NewerBlock.tsx";
import { useOpenedHead } from "./useOpenedHead.ts";

export interface AnchorSearchProps {
  readonly wanted: Wanted;
  /** Whether the bytes are at hand, or only their digest is known. */
  readonly subject: "file" | "digest";
}

/** Where on the chain exactly these bytes are anchored: by an event, else as a record of a batch, else nowhere. */
export function AnchorSearch({ wanted, subject }: AnchorSearchProps) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const session = useReadSession();
  const head = useBlockNumber({ chainId: session?.chain.id, watch: true });
  const [opened, follow] = useOpenedHead(head.data);
  const block = opened ?? 0n;
  const events = useQuery({ ...anchorsQuery(session, block), enabled: opened !== undefined });
  const matches = events.data && matchAnchors(events.data.anchors, wanted);
  const inBatches = useQuery({
    ...batchesQuery(session, block, referencesOf(wanted)),
    enabled: matches?.length === 0,
  });
  const failed = [head, events, inBatches].find(({ error }) => error);
  const done = matches && (matches.length > 0 || inBatches.data !== undefined);
  const count = (matches?.length ?? 0) + (inBatches.data?.found.length ?? 0);
  const unknown = inBatches.data?.unknown.length ?? 0;
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("anchors.title")}</h2>
        {done && !failed && (
          <span className="ck-s ck-2">{t("anchors.asOf", { number: block.toLocaleString(locale) })}</span>
        )}
      </header>
      {failed && <ErrorNotice error={failed.error} actions={{ retry: () => void failed.refetch() }} />}
      <NewerBlock head={head.data} opened={opened} onFollow={follow} />
      {!failed && !done && <Loading what={t("anchors.loading")} />}
      <div role="status">
        {!failed && done && count > 0 && <p className="ck-rule-t mb-3">{t(`anchors.found.${subject}`, { count })}</p>}
        {!failed && done && count === 0 && (
          <Notice tone="warn" title={t(`anchors.${unknown > 0 ? "open" : "none"}.${subject}`)}>
            <p>{t(unknown > 0 ? "anchors.unknown" : "anchors.noneText", { count: unknown })}</p>
          </Notice>
        )}
      </div>
      {matches && <AnchorList matches={matches} found={inBatches.data?.found ?? []} entries={events.data.entries} />}
    </section>
  );
}
