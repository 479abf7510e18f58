import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { CodeReader } from "../../components/CodeReader.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useReceived } from "./useReceived.ts";

interface SharedPageProps {
  /** Draws one line of an opened entry. */
  readonly children: (item: ChartItem) => ReactNode;
}

/** Opens entries that patients shared one by one with the account, by the text that they sent. */
export function SharedPage({ children }: SharedPageProps) {
  const { t } = useTranslation("shared");
  const { received, open } = useReceived();
  const { mutate, isPending, error, reset } = useMutation({ mutationFn: open });
  return (
    <Page title={t("title")} narrow>
      <p className="ck-2 mt-2 mb-4 ck-measure">{t("intro")}</p>
      <CodeReader label={t("label")} action={t("action")} busy={isPending} onText={mutate} />
      <div className="mt-4" aria-live="polite">
        {isPending && <Loading what={t("opening")} />}
        {error && <ErrorNotice error={error} actions={{ back: reset, retry: reset }} />}
      </div>
      {received.map(({ entry, items }) => (
        <section key={items[0]?.key} className="ck-gap" aria-label={t("one")}>
          <p className="ck-s ck-2 mb-3">
            {t("by")} <Address value={entry.patient} />
          </p>
          {items.map((item) => (
            <div key={item.key}>{children(item)}</div>
          ))}
        </section>
      ))}
    </Page>
  );
}
