import { useId } from "react";
import { CopyButton } from "./CopyButton.tsx";

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
}

/** A text to hand on: shown whole, and copied by a button. */
export function CopyField({ label, value }: CopyFieldProps) {
  const id = useId();
  return (
    <>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <div className="ck-copy align-items-center">
        <input id={id} className="form-control" dir="ltr" readOnly value={value} />
        <span className="ck-addr">
          <CopyButton value={value} label={label} />
        </span>
      </div>
    </>
  );
}
