import { useFormContext, type RegisterOptions } from "react-hook-form";
import { Check } from "./Check.tsx";
import type { FieldProps } from "./Field.tsx";

export interface CheckFieldProps extends FieldProps {
  readonly rules?: RegisterOptions;
}

/** Yes or no, inside a FormProvider. */
export function CheckField({ name, label, hint, rules }: CheckFieldProps) {
  const { register } = useFormContext();
  return <Check label={label} hint={hint} {...register(name, rules)} />;
}
