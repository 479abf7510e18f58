import type { Session } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { NewCode } from "./NewCode.tsx";
import { useUnlockWays } from "./useUnlockWays.ts";

export interface TakeOverKeyProps {
  /** Acts for the account that was taken over. */
  readonly session: Session;
  readonly onDone: () => void;
}

/** For a successor: opens the vault that he took over, mostly with its recovery code, and seals it anew to his own wallet. */
export function TakeOverKey({ session, onDone }: TakeOverKeyProps) {
  const { t } = useTranslation("vault");
  const { data: ways, error, isFetching, refetch } = useUnlockWays(session, false);
  const read = () => void refetch();
  if (ways) return <NewCode session={session} ways={ways} onDone={onDone} takeOver />;
  return (
    <Page title={t("takeOver.title")} narrow>
      <p className="mt-3 mb-4 ck-measure">{t("takeOver.what")}</p>
      {isFetching && <Loading what={t("opening.wallet.waiting")} />}
      {!isFetching && error && <ErrorNotice error={error} form={false} actions={{ retry: read }} />}
      {!isFetching && !error && (
        <>
          <button type="button" className="btn btn-primary" onClick={read}>
            {t("takeOver.signIn")}
          </button>
          <p className="form-text ck-measure">{t("takeOver.signInText")}</p>
        </>
      )}
    </Page>
  );
}
