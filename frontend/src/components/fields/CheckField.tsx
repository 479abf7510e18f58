import { useId } from "react";
import { useFormContext, type RegisterOptions } from "react-hook-form";
import type { FieldProps } from "./Field.tsx";

export interface CheckFieldProps extends FieldProps {
  readonly rules?: RegisterOptions;
}

/** Yes or no, inside a FormProvider. */
export function CheckField({ name, label, hint, rules }: CheckFieldProps) {
  const id = useId();
  const { register } = useFormContext();
  return (
    <div className="form-check">
      <input
        type="checkbox"
        className="form-check-input"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...register(name, rules)}
      />
      <label className="form-check-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <div className="form-text" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
