import { useId, useRef, useState, type DragEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface FileDropProps {
  readonly label: string;
  readonly onFile: (file: File) => void;
  /** What may be chosen, or was. */
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
}

/** A field for one file, which may also be dropped on it. */
export function FileDrop({ label, onFile, hint, error, disabled = false }: FileDropProps) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const { files } = event.dataTransfer;
    // The field names what was dropped, too.
    if (input.current && !disabled && files instanceof FileList) input.current.files = files;
    take(files);
  };
  return (
    <div
      className={over ? "ck-drop is-over" : "ck-drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="file"
        className={error ? "form-control is-invalid" : "form-control"}
        disabled={disabled}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-hint`}
        ref={input}
        // The same file, altered meanwhile, can then be chosen again.
        onClick={({ currentTarget }) => (currentTarget.value = "")}
        onChange={({ target }) => take(target.files)}
      />
      <div id={`${id}-hint`}>
        {error && (
          <p className="invalid-feedback d-block mb-0" role="alert">
            {error}
          </p>
        )}
        <p className="form-text mt-2 mb-0">{t("dropFile")}</p>
        {hint && <div className="form-text mt-1">{hint}</div>}
      </div>
    </div>
  );
}
