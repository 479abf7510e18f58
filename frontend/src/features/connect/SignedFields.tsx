import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DecodedArguments } from "../../components/DecodedArguments.tsx";
import type { DecodedArgument } from "../../lib/chain/decode.ts";
import { contractAmount, lastName } from "../../lib/format/useArgumentWords.ts";

/** What programs hold a signature against, and nobody decides by. Fingerprints and keys are known by their type. */
const FOR_PROGRAMS = new Set([
  ...["codec", "suite", "salt", "signedAt", "deadline", "epoch", "round", "claimKey", "dispenseKey"],
  ...["version", "expectedVersion", "expectedKeyVersion", "expectedVaultVersion"],
]);

const isForPrograms = (argument: DecodedArgument) =>
  argument.type.startsWith("bytes") || FOR_PROGRAMS.has(lastName(argument));

interface SignedFieldsProps {
  readonly fields: readonly DecodedArgument[];
  /** Whether the sentence above says what is signed; without it nothing is folded away. */
  readonly known: boolean;
  /** Contract and function, as rows of a list of definitions. */
  readonly children: ReactNode;
}

/** Under the sentence that is signed: whom and what it is about, in words; and folded, what programs need of it. */
export function SignedFields({ fields, known, children }: SignedFieldsProps) {
  const { t } = useTranslation(["connect", "contracts"]);
  return (
    <>
      <DecodedArguments arguments={fields.filter((field) => !isForPrograms(field))} named />
      <details className="ck-raw" open={!known}>
        <summary>{t("approval.details")}</summary>
        <div className="d-grid gap-3 mt-3">
          <dl className="ck-def m-0">
            {children}
            {fields.map((field) => {
              const amount = contractAmount(field);
              if (amount === null) return null;
              return (
                <div key={field.name} className="ck-def-row">
                  <dt>{t(`contracts:argument.${lastName(field)}`)}</dt>
                  <dd>
                    <bdi className="ck-tnum">{amount}</bdi>
                  </dd>
                </div>
              );
            })}
          </dl>
          <DecodedArguments arguments={fields.filter(isForPrograms)} named />
        </div>
      </details>
    </>
  );
}
