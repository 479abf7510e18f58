import { useFormContext, type RegisterOptions } from "react-hook-form";
import { Field, type FieldProps } from "./Field.tsx";

export interface SelectFieldProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  /** The first, empty choice; leave out when one is always chosen. */
  readonly placeholder?: string;
  readonly rules?: RegisterOptions;
}

/** One of several, inside a FormProvider. */
export function SelectField({ name, label, hint, rules, options, placeholder }: SelectFieldProps) {
  const { register } = useFormContext();
  return (
    <Field name={name} label={label} hint={hint} control="form-select">
      {(attributes) => (
        <select {...attributes} {...register(name, rules)}>
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
