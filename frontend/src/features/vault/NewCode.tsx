import { prepareRecoveryCode, prepareRenewal, type PreparedVault, type Session, type UnlockWay } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { useUnloadWarning } from "../../lib/session/unload.ts";
import { ConfirmCode } from "./ConfirmCode.tsx";
import { OpeningForm } from "./OpeningForm.tsx";
import { openingsOf, toUnlockWith, type Opening, type OpeningValues } from "./opening.ts";
import { RecoveryCode } from "./RecoveryCode.tsx";

export interface NewCodeProps {
  readonly session: Session;
  readonly ways: readonly UnlockWay[];
  readonly onDone: () => void;
  /** A successor makes everything anew: a new key, which his wallet opens. */
  readonly takeOver?: boolean;
}

/** Makes a new recovery code: opens the vault once more, shows the code, has it confirmed, and publishes. */
export function NewCode({ session, ways, onDone, takeOver = false }: NewCodeProps) {
  const { t } = useTranslation("vault");
  const openings = openingsOf(session, ways);
  const [opening, setOpening] = useState<Opening>(openings[0]!);
  const [prepared, setPrepared] = useState<PreparedVault | null>(null);
  const [written, setWritten] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>(null);

  useUnloadWarning(prepared !== null);

  async function prepare(values: OpeningValues) {
    setError(null);
    setWaiting(true);
    try {
      const opener = await toUnlockWith(opening, values, ways);
      setPrepared(await (takeOver ? prepareRenewal(session, opener) : prepareRecoveryCode(session, opener)));
    } catch (cause) {
      setError(cause);
    } finally {
      setWaiting(false);
    }
  }

  if (prepared && written)
    return (
      <ConfirmCode
        session={session}
        prepared={prepared}
        onBack={() => setWritten(false)}
        renewal={!takeOver}
        onDone={onDone}
      />
    );
  if (prepared) return <RecoveryCode code={prepared.recoveryCode} renewal onWritten={() => setWritten(true)} />;
  return (
    <Page title={t(takeOver ? "takeOver.title" : "renew.title")} narrow>
      <p className="mt-3 mb-4 ck-measure">{t(takeOver ? "takeOver.what" : "renew.what")}</p>
      {error !== null && (
        <div className="mb-4">
          <ErrorNotice error={error} actions={{ back: () => setError(null) }} />
        </div>
      )}
      {waiting ? (
        <Loading what={t(`opening.${opening}.waiting`)} />
      ) : (
        <OpeningForm
          opening={opening}
          others={openings.filter((other) => other !== opening)}
          waiting={waiting}
          onOpen={(values) => void prepare(values)}
          onOther={setOpening}
        />
      )}
      <button type="button" className="btn btn-quiet mt-3" onClick={onDone}>
        {t(takeOver ? "takeOver.cancel" : "renew.cancel")}
      </button>
    </Page>
  );
}
