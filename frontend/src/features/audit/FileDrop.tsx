import { useId, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

export interface FileDropProps {
  readonly onFile: (file: File) => void;
  readonly describedBy?: string | undefined;
}

/** A field for one file, which may also be dropped on it. */
export function FileDrop({ onFile, describedBy }: FileDropProps) {
  const { t } = useTranslation("audit");
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
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
        {t("file.choose")}
      </label>
      <input
        id={id}
        type="file"
        className="form-control"
        aria-describedby={describedBy}
        onChange={({ target }) => {
          take(target.files);
          // The same file, altered meanwhile, can then be chosen again.
          target.value = "";
        }}
      />
      <p className="form-text mt-2 mb-0">{t("file.drop")}</p>
    </div>
  );
}
