import { publishRecord } from "@chartkey/sdk";
import { categories } from "@chartkey/sdk/records";
import { useMemo } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Address } from "viem";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { GAP } from "../../lib/format/gap.ts";
import { formatList } from "../../lib/format/list.ts";
import { formatMoney } from "../../lib/format/money.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { required } from "../../lib/session/required.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { BillServices } from "./BillServices.tsx";
import { currencyOptions, emptyBill, encodeBill, totalOf, type BillValues } from "./lib/bill.ts";
import { localDay } from "./lib/days.ts";
import { useAuthor } from "./useAuthor.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;
const meta = { contentType: "application/fhir+json" };

interface BillFormProps {
  readonly patient: Address;
  readonly name: string;
  readonly chartPath: string;
}

/** A bill: services, amounts, and who is to pay; one signature. */
export function BillForm({ patient, name, chartPath }: BillFormProps) {
  const { t } = useTranslation(["billing", "doctor"]);
  const locale = useLocale();
  const session = useWritingSession();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const author = useAuthor();
  const today = localDay(useNow());
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const form = useForm<BillValues>({ defaultValues: emptyBill(today) });
  const typed = useWatch({ control: form.control }) as BillValues;
  const { run, reset, ...state } = useAction(async (onPhase, values: BillValues) => {
    const date = new Date().toISOString();
    const data = encodeBill({ patient: { display: name }, author }, values, { date, locale });
    await publishRecord(required(session), patient, { category: categories.administrative, meta, data }, onPhase);
    await refresh();
  });
  const services = typed.services.map(({ text }) => text.trim()).filter((text) => text !== "");
  const insurer = typed.insurer.trim();
  const isBegun = services.length > 0 || typed.services.some(({ amount }) => amount.trim() !== "") || insurer !== "";
  const { restored, forget } = useDraft(`bill ${patient}`, isBegun ? typed : null, form.reset, state);
  const sign = form.handleSubmit(async (values) => {
    if (!(await run(values))) return;
    forget();
    await navigate(`${chartPath}?category=${categories.administrative}`);
  });
  const total = typed.currency === "" ? undefined : totalOf(typed, locale);
  const words = {
    ...{ name, insurer },
    services: services.length > 0 ? formatList(services, locale) : GAP,
    total: total === undefined ? GAP : formatMoney(total, typed.currency, locale),
  };
  return (
    <FormProvider {...form}>
      <DraftNotice restored={restored} onClear={() => form.reset(emptyBill(today))} />
      <form className="ck-fields ck-narrow" noValidate onSubmit={(event) => event.preventDefault()}>
        <BillServices />
        <div className="ck-pairs">
          <SelectField
            name="currency"
            label={t("currency")}
            options={currencies}
            placeholder={t("currencyChoose")}
            rules={{ validate: (currency: string) => currency !== "" || t("currencyMissing") }}
          />
          <TextField
            name="served"
            type="date"
            label={t("served")}
            rules={{ validate: (served: string) => (served !== "" && served <= today) || t("servedWrong") }}
          />
          <TextField name="insurer" label={t("insurer")} hint={t("insurerHint")} autoComplete="off" />
          <TextField
            name="member"
            label={t("member")}
            code
            autoComplete="off"
            rules={{
              validate: (member: string) =>
                member.trim() === "" || form.getValues("insurer").trim() !== "" || t("insurerMissing"),
            }}
          />
        </div>
        <p className="mb-0 ck-strong" role="status">
          {t("total", { total: words.total })}
        </p>
        <SignedAction
          sentence={
            <Trans
              t={t}
              i18nKey={insurer === "" ? "sentence.patient" : "sentence.insurer"}
              values={words}
              components={{ b: <strong /> }}
            />
          }
          limit={`${t("doctor:write.limit", { category: t(`common:category.${categories.administrative}`) })} ${t("limit")}`}
          label={t("sign")}
          phases={phases}
          state={state}
          onRun={() => void sign()}
          onReset={reset}
        />
      </form>
    </FormProvider>
  );
}
