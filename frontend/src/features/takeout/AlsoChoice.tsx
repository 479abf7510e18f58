import { useId } from "react";

interface ChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Something that may be in the file too. */
export function AlsoChoice({ label, hint, checked, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="form-check">
      <input
        type="checkbox"
        className="form-check-input"
        id={id}
        aria-describedby={`${id}-hint`}
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      <label className="form-check-label" htmlFor={id}>
        {label}
      </label>
      <div className="form-text" id={`${id}-hint`}>
        {hint}
      </div>
    </div>
  );
}
