import type { OnPhase, Session, UnlockWay } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { useAction } from "../../lib/session/useAction.ts";
import { keepVault } from "../../lib/session/vault.ts";
import { makeChange, signaturesFor, type Change } from "./change.ts";
import { OpeningField } from "./OpeningField.tsx";
import { noValues, openingsOf, signaturesOf, toUnlockWith, type OpeningValues } from "./opening.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;
const MIN_PASSCODE = 8;

interface Values extends OpeningValues {
  readonly newPasscode: string;
}

export interface ChangeDialogProps {
  readonly session: Session;
  readonly ways: readonly UnlockWay[];
  readonly change: Change;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Changes what opens the vault: it is opened once more, sealed anew, and published. */
export function ChangeDialog({ session, ways, change, onClose, onDone }: ChangeDialogProps) {
  const { t } = useTranslation("vault");
  const client = useQueryClient();
  const form = useForm<Values>({ defaultValues: { ...noValues, newPasscode: "" } });
  const opening = openingsOf(session, ways)[0]!;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, values: Values) => {
        const opener = await toUnlockWith(opening, values, ways);
        const { newPasscode } = values;
        keepVault(session, await makeChange(session, change, { opener, ways, newPasscode }, onPhase));
        await client.invalidateQueries({ queryKey: ["vault", session.chain.id] });
      },
      [change, client, opening, session, ways],
    ),
  );
  const submit = form.handleSubmit(async (values) => {
    if (await action.run(values)) onDone();
  });
  const title = t(`change.${change.kind}.title`);
  return (
    <Dialog title={title} onClose={onClose}>
      <FormProvider {...form}>
        <form className="ck-fields" noValidate onSubmit={(event) => void submit(event)}>
          {change.kind === "passcode" && (
            <TextField
              name="newPasscode"
              type="password"
              label={t("passcode.new")}
              hint={t("passcode.newHint")}
              autoComplete="new-password"
              rules={{
                minLength: { value: MIN_PASSCODE, message: t("passcode.short") },
                required: t("passcode.short"),
              }}
            />
          )}
          <OpeningField opening={opening} />
          <SignedAction
            sentence={t(`change.${change.kind}.sentence`)}
            limit={`${t("change.signs", { count: signaturesOf(opening) + signaturesFor(change) })} ${t("change.limit")}`}
            label={title}
            state={action}
            onRun={() => void submit()}
            onReset={action.reset}
            phases={phases}
            stop={change.kind.startsWith("remove")}
          />
        </form>
      </FormProvider>
    </Dialog>
  );
}
