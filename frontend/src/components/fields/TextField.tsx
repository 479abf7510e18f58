import type { HTMLInputTypeAttribute } from "react";
import { useFormContext, type RegisterOptions } from "react-hook-form";
import { Field, type FieldProps } from "./Field.tsx";

export interface TextFieldProps extends FieldProps {
  readonly type?: HTMLInputTypeAttribute;
  readonly rules?: RegisterOptions;
  readonly autoComplete?: string;
  readonly inputMode?: "text" | "numeric" | "decimal" | "tel" | "email" | "url";
  readonly placeholder?: string;
  /** Digits and hex: always left to right. */
  readonly code?: boolean;
}

/** One line of text, a number or a date, inside a FormProvider. */
export function TextField({ name, label, hint, rules, type = "text", code, ...input }: TextFieldProps) {
  const { register } = useFormContext();
  return (
    <Field name={name} label={label} hint={hint} control="form-control">
      {(attributes) => (
        <input
          type={type}
          dir={code ? "ltr" : undefined}
          spellCheck={!code}
          {...input}
          {...attributes}
          {...register(name, rules)}
        />
      )}
    </Field>
  );
}
