import { useId, type ComponentProps, type ReactNode } from "react";

export interface CheckProps extends Omit<ComponentProps<"input">, "type" | "id" | "className" | "aria-describedby"> {
  readonly label: string;
  readonly hint?: ReactNode;
}

/** A box to tick, with its label and what it means. */
export function Check({ label, hint, ...input }: CheckProps) {
  const id = useId();
  return (
    <div className="form-check">
      <input
        {...input}
        type="checkbox"
        className="form-check-input"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
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
