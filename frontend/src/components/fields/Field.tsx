import { useId, type ReactNode } from "react";
import { get, useFormContext } from "react-hook-form";
import { Icon } from "../Icon.tsx";

/** What every field has. `name` is a path in the form's values; rules give translated messages. */
export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
}

/** Ties a control to its label, hint and error. */
export interface ControlAttributes {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
  readonly className: string;
}

interface FieldFrameProps extends FieldProps {
  /** Bootstrap's class of the control. */
  readonly control: "form-control" | "form-select";
  readonly children: (attributes: ControlAttributes) => ReactNode;
}

/** Label above, control, hint, and the error of the field as react-hook-form knows it. */
export function Field({ name, label, hint, control, children }: FieldFrameProps) {
  const id = useId();
  const { formState } = useFormContext();
  const found: unknown = get(formState.errors, name);
  const error =
    typeof found === "object" && found !== null && "message" in found && typeof found.message === "string"
      ? found.message
      : undefined;
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        "aria-invalid": error !== undefined,
        "aria-describedby": describedBy || undefined,
        className: error ? `${control} is-invalid` : control,
      })}
      {error && (
        <div className="invalid-feedback" id={`${id}-error`} role="alert">
          <Icon name="exclamationCircle" />
          <span>{error}</span>
        </div>
      )}
      {hint && (
        <div className="form-text mt-1" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
