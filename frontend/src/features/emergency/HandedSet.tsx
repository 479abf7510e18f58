import { isOpen, type Emergency } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { useHandedSet } from "./cardQueries.ts";
import { SetView } from "./SetView.tsx";

/** For the doctor of an open emergency: what the hospital handed over, or that nothing was. */
export function HandedSet({ emergency }: { readonly emergency: Emergency }) {
  const now = useNow();
  return isOpen(emergency, now) ? <Handed emergency={emergency} /> : null;
}

function Handed({ emergency }: { readonly emergency: Emergency }) {
  const { t } = useTranslation("card");
  const { data, error, refetch } = useHandedSet(emergency);
  if (error) return <ErrorNotice error={error} form={false} actions={{ retry: () => void refetch() }} />;
  if (data === null) return <p className="ck-2 mt-3 mb-0 ck-measure">{t("handed.none")}</p>;
  if (data === undefined) return null;
  return (
    <section className="mt-3" aria-label={t("handed.title")} role="status">
      <h3>{t("handed.title")}</h3>
      <SetView content={data.content} asOf={data.asOf} newer={data.newer} />
    </section>
  );
}
