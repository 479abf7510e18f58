import { prepareVault, type PreparedVault, type Session } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { errorCode } from "../../lib/errors/code.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { ConfirmCode } from "./ConfirmCode.tsx";
import { RecoveryCode } from "./RecoveryCode.tsx";

const steps = ["code", "signatures", "publish"] as const;

/** Makes the key of an account: two signatures, the recovery code on paper, then one transaction. */
export function CreateKey({ session }: { readonly session: Session }) {
  const { t } = useTranslation("vault");
  const [prepared, setPrepared] = useState<PreparedVault | null>(null);
  const [written, setWritten] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function prepare(ways?: []) {
    setError(null);
    setWaiting(true);
    try {
      setPrepared(await prepareVault(session, ways));
    } catch (cause) {
      setError(cause);
    } finally {
      setWaiting(false);
    }
  }

  if (prepared && written)
    return <ConfirmCode session={session} prepared={prepared} onBack={() => setWritten(false)} />;
  if (prepared) return <RecoveryCode code={prepared.recoveryCode} onWritten={() => setWritten(true)} />;
  return (
    <Page title={t("create.title")} narrow>
      <p className="mt-3 ck-measure">{t("create.what")}</p>
      <dl className="ck-claims mt-4 mb-4">
        {steps.map((step) => (
          <div key={step}>
            <dt>{t(`create.${step}.title`)}</dt>
            <dd>{t(`create.${step}.text`)}</dd>
          </div>
        ))}
      </dl>
      {error !== null && (
        <div className="mb-4">
          <ErrorNotice
            error={error}
            form={false}
            actions={{ retry: () => void prepare(), connect: () => openConnectDialog() }}
          />
        </div>
      )}
      {waiting ? (
        <Loading what={t("create.waiting")} />
      ) : errorCode(error).code === "UNLOCK_UNSUPPORTED_WALLET" ? (
        <button type="button" className="btn btn-primary" onClick={() => void prepare([])}>
          {t("create.codeOnly")}
        </button>
      ) : (
        <button type="button" className="btn btn-primary" onClick={() => void prepare()}>
          {t("create.action")}
        </button>
      )}
    </Page>
  );
}
