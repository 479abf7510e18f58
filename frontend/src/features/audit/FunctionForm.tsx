import { useMutation } from "@tanstack/react-query";
import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { AbiFunction, Address } from "viem";
import { DecodedArguments } from "../../components/DecodedArguments.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { decodeAnswer } from "../../lib/chain/decode.ts";
import { lastName } from "../../lib/format/useArgumentWords.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { argumentsOf, fieldsOf, readInput } from "./lib/inputs.ts";
import { useAudit } from "./useAudit.ts";

export interface FunctionFormProps {
  readonly address: Address;
  readonly item: AbiFunction;
}

/** Asks a contract by one of its view functions, and says the answer as of the newest block. */
export function FunctionForm({ address, item }: FunctionFormProps) {
  const { t } = useTranslation(["explorer", "contracts", "audit"]);
  const locale = useLocale();
  const { client } = useAudit();
  const fields = fieldsOf(item.inputs);
  const form = useForm({ defaultValues: Object.fromEntries(fields.map(({ path }) => [path, ""])) });
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async (typed: Record<string, string>) => {
      const blockNumber = await client.getBlockNumber({ cacheTime: 0 });
      const args = argumentsOf(item.inputs, typed);
      const answer = await client.readContract({
        ...{ address, abi: [item], functionName: item.name, args, blockNumber },
      });
      return { blockNumber, values: decodeAnswer(item, answer) };
    },
  });
  const ask = form.handleSubmit((typed) => mutate(typed));
  return (
    <details className="ck-raw">
      <summary>
        <bdi className="ck-mono">{`${item.name}(${item.inputs.map(({ type }) => type).join(", ")})`}</bdi>
      </summary>
      <FormProvider {...form}>
        <form className="ck-fields my-4" noValidate onSubmit={(event) => void ask(event)}>
          {fields.map(({ path, name, type }) => (
            <TextField
              key={path}
              name={path}
              label={t([`contracts:argument.${lastName({ name })}`, "contracts:argument.other"], { name })}
              hint={<bdi className="ck-mono">{`${name}: ${type}`}</bdi>}
              code
              autoComplete="off"
              rules={{
                validate: (typed: string) => {
                  const read = readInput(type, typed);
                  return "value" in read || t(`function.fault.${read.fault}`, { type });
                },
              }}
            />
          ))}
          <div>
            <button className="btn btn-plain btn-sm" type="submit" disabled={isPending}>
              {t("function.ask", { name: item.name })}
            </button>
          </div>
        </form>
      </FormProvider>
      <div aria-live="polite">
        {error && <ErrorNotice error={error} actions={{ retry: () => void ask() }} />}
        {data && (
          <>
            <p className="ck-s ck-2 mb-2">{t("function.asOf", { number: data.blockNumber.toLocaleString(locale) })}</p>
            <DecodedArguments arguments={data.values} />
          </>
        )}
      </div>
    </details>
  );
}
