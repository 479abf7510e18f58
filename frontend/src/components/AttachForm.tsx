import { useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import type { Address } from "viem";
import { isKept } from "../lib/errors/kept.ts";
import { isProgram } from "../lib/files/program.ts";
import { formatSize, MAX_FILE } from "../lib/files/size.ts";
import { useAttach } from "../lib/files/useAttach.ts";
import type { RecordCategory } from "../lib/format/categories.ts";
import { GAP } from "../lib/format/gap.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";
import { SelectField } from "./fields/SelectField.tsx";
import { TextField } from "./fields/TextField.tsx";
import { FileDrop } from "./FileDrop.tsx";
import { Notice } from "./Notice.tsx";
import { SignedAction } from "./SignedAction.tsx";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

/** Longest title, in characters; that of a file is its name, which no system has longer. */
const MAX_TITLE = 255;

interface AttachFormProps {
  readonly patient: Address;
  /** Whose chart it is, in the sentence that is signed; none when it is the signer's own. */
  readonly name?: string;
  /** Where the file may go; the first is chosen. */
  readonly categories: readonly RecordCategory[];
  readonly onAdded: (category: number) => void;
}

/** Adds a file of any kind to a chart: chosen or dropped, encrypted here, one signature. */
export function AttachForm({ patient, name, categories, onAdded }: AttachFormProps) {
  const { t } = useTranslation("entries");
  const locale = useLocale();
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<string>();
  const form = useForm({ defaultValues: { title: "", category: String(categories[0]) } });
  const typed = useWatch({ control: form.control });
  const { action, percent, stop } = useAttach(patient);
  const most = formatSize(MAX_FILE, locale);
  const disabled = action.running || isKept(action.error);

  function choose(chosen: File) {
    const refused = chosen.size > MAX_FILE ? "tooLarge" : chosen.size === 0 ? "empty" : undefined;
    setError(refused && t(`attach.${refused}`, { most }));
    setFile(refused ? null : chosen);
    // A title that somebody wrote himself stays.
    const isOwn = ![file?.name, ""].includes(form.getValues("title"));
    if (!refused && !isOwn) form.setValue("title", chosen.name, { shouldValidate: true });
  }
  const sign = form.handleSubmit(async ({ title, category }) => {
    if (file && (await action.run({ file, title: title.trim(), category: Number(category) })))
      onAdded(Number(category));
  });
  const words = {
    title: typed.title?.trim() || GAP,
    category: t(`common:category.${typed.category}`),
    ...(name === undefined ? {} : { name }),
  };
  const progress = percent !== null && (
    <>
      <progress className="ck-progress" max={100} value={percent} aria-label={t("attach.progress")} />{" "}
      <span className="ck-tnum">{(percent / 100).toLocaleString(locale, { style: "percent" })}</span>
    </>
  );
  return (
    <FormProvider {...form}>
      <form className="ck-fields" noValidate onSubmit={(event) => event.preventDefault()}>
        <FileDrop
          label={t("attach.choose")}
          onFile={choose}
          error={error}
          disabled={disabled}
          hint={
            file ? (
              <span role="status">
                <bdi>{file.name}</bdi>, {formatSize(file.size, locale)}
              </span>
            ) : (
              t("attach.most", { most })
            )
          }
        />
        <fieldset className="ck-fields" disabled={disabled}>
          <TextField
            name="title"
            label={t("attach.title")}
            hint={t("attach.titleHint")}
            autoComplete="off"
            rules={{
              validate: (title: string) => title.trim() !== "" || t("attach.titleMissing"),
              maxLength: { value: MAX_TITLE, message: t("attach.titleLong", { most: MAX_TITLE }) },
            }}
          />
          <SelectField
            name="category"
            label={t("attach.category")}
            options={categories.map((category) => ({
              value: String(category),
              label: t(`common:category.${category}`),
            }))}
          />
        </fieldset>
        {file && isProgram(file.name) && (
          <Notice tone="warn" live="status" title={t("attach.program")}>
            {t("attach.programText")}
          </Notice>
        )}
        <SignedAction
          sentence={
            <Trans
              t={t}
              i18nKey={name === undefined ? "attach.sentence.own" : "attach.sentence.patient"}
              values={words}
              components={{ b: <strong /> }}
            />
          }
          limit={t("attach.limit", { category: words.category })}
          label={t("attach.sign")}
          state={action}
          onRun={() => void sign()}
          onReset={action.reset}
          phases={phases}
          details={action.phase === "uploading" ? { uploading: progress } : { encrypting: progress }}
          blocked={file ? undefined : t("attach.chooseFirst")}
        />
        {percent !== null && (
          <div>
            <button type="button" className="btn btn-plain" onClick={stop}>
              {t("attach.stop")}
            </button>
          </div>
        )}
      </form>
    </FormProvider>
  );
}
