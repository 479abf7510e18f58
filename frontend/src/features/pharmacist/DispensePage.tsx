import { openOrderCode, type OpenedOrder } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { CodeReader } from "../../components/CodeReader.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { required } from "../../lib/session/required.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { OrderPage } from "./OrderPage.tsx";
import { usePlaces } from "./places.ts";

/** Reads a patient's code and hands out what is on it. What was opened goes away with the page, and with the account. */
export default function DispensePage() {
  const { address } = useConnection();
  return <Counter key={address} />;
}

function Counter() {
  const { t } = useTranslation("pharmacist");
  const session = useReadSession();
  const places = usePlaces();
  const [opened, setOpened] = useState<OpenedOrder | null>(null);
  const { run, reset, running, error } = useAction(async (_, text: string) => {
    setOpened(await openOrderCode(required(session), text));
  });
  if (opened)
    return <OrderPage key={opened.order.id} opened={opened} places={places} onClose={() => setOpened(null)} />;
  return (
    <Page title={t("title")} narrow>
      <p className="ck-2 mt-2 mb-4">{t("intro")}</p>
      {places.length === 0 && (
        <Notice tone="warn" className="mb-4" title={t("noPlace")}>
          {t("noPlaceText")}
        </Notice>
      )}
      {error !== null && (
        <div className="mb-4">
          <ErrorNotice error={error} actions={{ back: reset }} />
        </div>
      )}
      {running && <Loading what={t("opening")} />}
      <CodeReader label={t("label")} action={t("open")} busy={running} onText={(text) => void run(text)} />
    </Page>
  );
}
