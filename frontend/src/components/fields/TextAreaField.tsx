import { useFormContext, type RegisterOptions } from "react-hook-form";
import { Field, type FieldProps } from "./Field.tsx";

export interface TextAreaFieldProps extends FieldProps {
  readonly rows?: number;
  readonly rules?: RegisterOptions;
}

/** Several lines of text, inside a FormProvider. */
export function TextAreaField({ name, label, hint, rules, rows = 4 }: TextAreaFieldProps) {
  const { register } = useFormContext();
  return (
    <Field name={name} label={label} hint={hint} control="form-control">
      {(attributes) => <textarea rows={rows} dir="auto" {...attributes} {...register(name, rules)} />}
    </Field>
  );
}
