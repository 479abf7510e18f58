import { EXPORT_FORMATS, type ExportFormat } from "@chartkey/sdk";
import { useId } from "react";
import { useTranslation } from "react-i18next";

interface FormatPickerProps {
  readonly value: ExportFormat;
  readonly onChange: (value: ExportFormat) => void;
}

/** What kind of file, with what it holds. */
export function FormatPicker({ value, onChange }: FormatPickerProps) {
  const { t } = useTranslation("chart");
  const id = useId();
  return (
    <fieldset>
      <legend className="form-label">{t("takeout.format.legend")}</legend>
      {EXPORT_FORMATS.map((format) => (
        <div className="form-check mb-2" key={format}>
          <input
            type="radio"
            className="form-check-input"
            id={`${id}-${format}`}
            name={id}
            aria-describedby={`${id}-${format}-hint`}
            checked={value === format}
            onChange={() => onChange(format)}
          />
          <label className="form-check-label" htmlFor={`${id}-${format}`}>
            {t(`takeout.format.${format}.name`)}
          </label>
          <div className="form-text" id={`${id}-${format}-hint`}>
            {t(`takeout.format.${format}.holds`)}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
