import { prepareVault, type PreparedVault, type Session } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { errorCode } from "../../lib/errors/code.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { useUnloadWarning } from "../../lib/session/unload.ts";
import { ConfirmCode } from "./ConfirmCode.tsx";
import { counted } from "./counted.ts";
import { RecoveryCode } from "./RecoveryCode.tsx";

const steps = ["signatures", "code", "publish"] as const;

export interface CreateKeyProps {
  readonly session: Session;
  /** What the key is made for, when that is not plain from the way here. */
  readonly purpose?: string | undefined;
}

/** Makes the key of an account: two signatures, the recovery code on paper, then a sign-in and one transaction. */
export function CreateKey({ session, purpose }: CreateKeyProps) {
  const { t } = useTranslation("vault");
  const [prepared, setPrepared] = useState<PreparedVault | null>(null);
  const [written, setWritten] = useState(false);
  // The signature that is waited for, from 1; 0 for none.
  const [waiting, setWaiting] = useState(0);
  const [error, setError] = useState<unknown>(null);

  // Made again, the code is another one: a paper that was written from this page would open nothing.
  useUnloadWarning(prepared !== null);

  async function prepare(ways?: []) {
    setError(null);
    setWaiting(1);
    try {
      setPrepared(await prepareVault(counted(session, setWaiting), ways));
    } catch (cause) {
      setError(cause);
    } finally {
      setWaiting(0);
    }
  }

  if (prepared && written)
    return <ConfirmCode session={session} prepared={prepared} onBack={() => setWritten(false)} />;
  if (prepared) return <RecoveryCode code={prepared.recoveryCode} onWritten={() => setWritten(true)} />;
  return (
    <Page title={t("create.title")} narrow note={purpose}>
      <p className="mt-3 ck-measure">{t("create.what")}</p>
      <dl className="ck-claims mt-4 mb-4">
        {steps.map((step, index) => (
          <div key={step}>
            <dt>
              {index + 1}. {t(`create.${step}.title`)}
            </dt>
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
      {waiting > 0 ? (
        <Loading what={t("create.waiting", { number: waiting })} />
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
