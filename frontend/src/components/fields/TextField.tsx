import type { HTMLInputTypeAttribute } from "react";
import { useId } from "react";
import { useFormContext, type RegisterOptions } from "react-hook-form";
import { Field, type FieldProps } from "./Field.tsx";

export interface TextFieldProps extends FieldProps {
  readonly type?: HTMLInputTypeAttribute;
  readonly rules?: RegisterOptions;
  readonly autoComplete?: string;
  readonly inputMode?: "text" | "numeric" | "decimal" | "tel" | "email" | "url";
  readonly placeholder?: string;
  /** What is offered while somebody types; anything else may be typed as well. */
  readonly suggestions?: readonly string[];
  /** Digits and hex: always left to right. */
  readonly code?: boolean;
}

/** One line of text, a number or a date, inside a FormProvider. */
export function TextField({ name, label, hint, rules, type = "text", code, suggestions, ...input }: TextFieldProps) {
  const list = useId();
  const { register } = useFormContext();
  return (
    <Field name={name} label={label} hint={hint} control="form-control">
      {(attributes) => (
        <>
          <input
            type={type}
            dir={code ? "ltr" : undefined}
            spellCheck={!code}
            list={suggestions && list}
            {...input}
            {...attributes}
            {...register(name, rules)}
          />
          {suggestions && (
            <datalist id={list}>
              {suggestions.map((suggestion) => (
                <option key={suggestion} value={suggestion} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}
