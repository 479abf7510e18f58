import { unlock, type Session } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { keepVault } from "../../lib/session/vault.ts";
import { OpeningForm } from "./OpeningForm.tsx";
import { likelyOpenings, openingsOf, toUnlockWith, type Opening, type OpeningValues } from "./opening.ts";
import { useUnlockWays } from "./useUnlockWays.ts";

/** Unlocks the key of an account in one of its ways. The wallet is asked for nothing before a button is pressed, and the buttons stay when it declines. */
export function Openings({ session }: { readonly session: Session }) {
  const { t } = useTranslation("vault");
  const { data: known, refetch } = useUnlockWays(session, false);
  const [chosen, setChosen] = useState<Opening | null>(null);
  const [missing, setMissing] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const openings = known ? openingsOf(session, known) : likelyOpenings();
  const opening = chosen && openings.includes(chosen) ? chosen : openings[0]!;
  const typed = opening === "code" || opening === "passcode";

  async function open(values: OpeningValues) {
    setError(null);
    setMissing(false);
    setWaiting(true);
    try {
      const { data: ways } = await refetch({ throwOnError: true });
      if (!ways || !openingsOf(session, ways).includes(opening)) setMissing(opening === "passkey");
      else return keepVault(session, await unlock(session, await toUnlockWith(opening, values, ways)));
    } catch (cause) {
      setError(cause);
    }
    setWaiting(false);
  }

  const back = () => setError(null);
  return (
    <>
      {error !== null && (
        <div className="mb-4">
          <ErrorNotice error={error} form={typed} actions={{ connect: () => openConnectDialog(), back }} />
        </div>
      )}
      {missing && <Notice className="mb-4" title={t("opening.passkey.missing")} />}
      {waiting && !typed ? (
        <Loading what={t(`opening.${opening}.waiting`)} />
      ) : (
        <OpeningForm
          opening={opening}
          others={openings.filter((other) => other !== opening)}
          waiting={waiting}
          onOpen={(values) => void open(values)}
          onOther={(other) => {
            back();
            setMissing(false);
            setChosen(other);
          }}
        />
      )}
    </>
  );
}
