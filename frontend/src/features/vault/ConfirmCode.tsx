import { useQueryClient } from "@tanstack/react-query";
import type { OnPhase, PreparedVault, Session } from "@chartkey/sdk";
import { useCallback } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { Page } from "../../components/Page.tsx";
import { SignSentence } from "../../components/SignSentence.tsx";
import { TxPhases } from "../../components/TxPhases.tsx";
import { useAction } from "../../lib/session/useAction.ts";
import { keepVault } from "../../lib/session/vault.ts";
import { isLastGroup } from "./code.ts";

const phases = ["uploading", "confirming", "mining"] as const;

export interface ConfirmCodeProps {
  readonly session: Session;
  readonly prepared: PreparedVault;
  readonly onBack: () => void;
  /** The code replaces another one; the key stays. */
  readonly renewal?: boolean;
  readonly onDone?: () => void;
}

/** Asks for the last group of the recovery code, then publishes what it opens. */
export function ConfirmCode({ session, prepared, onBack, renewal = false, onDone }: ConfirmCodeProps) {
  const { t } = useTranslation("vault");
  const client = useQueryClient();
  const form = useForm({ defaultValues: { group: "" } });
  const publish = useCallback(
    async (onPhase: OnPhase) => {
      keepVault(session, await prepared.publish(onPhase));
      await client.invalidateQueries({ queryKey: ["vault", session.chain.id] });
      onDone?.();
    },
    [client, onDone, prepared, session],
  );
  const { phase, running, error, run, reset } = useAction(publish);
  const validate = (typed: string) => isLastGroup(prepared.recoveryCode, typed) || t("confirm.wrong");
  return (
    <Page title={t("confirm.title")} narrow>
      <FormProvider {...form}>
        <form className="ck-fields mt-4" noValidate onSubmit={(event) => void form.handleSubmit(() => run())(event)}>
          <TextField
            name="group"
            label={t("confirm.group")}
            hint={t("confirm.hint")}
            code
            autoComplete="off"
            rules={{ validate }}
          />
          <SignSentence limit={t(renewal ? "renew.limit" : "confirm.limit")}>
            {t(renewal ? "renew.sentence" : "confirm.sentence")}
          </SignSentence>
          {!renewal && <p className="ck-s ck-2 m-0">{t("confirm.signIn")}</p>}
          {error !== null && (
            <ErrorNotice
              error={error}
              actions={{ retry: () => void run(), back: reset, reload: () => window.location.reload() }}
            />
          )}
          {running && phase ? (
            <TxPhases current={phase === "checking" ? "uploading" : phase} phases={phases} />
          ) : (
            <div className="ck-actions">
              <button type="submit" className="btn btn-primary">
                {t(renewal ? "renew.action" : "confirm.action")}
              </button>
              <button type="button" className="btn btn-quiet" onClick={onBack}>
                {t("confirm.back")}
              </button>
            </div>
          )}
        </form>
      </FormProvider>
    </Page>
  );
}
