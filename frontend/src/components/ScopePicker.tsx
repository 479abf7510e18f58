import { useTranslation } from "react-i18next";
import { hasCategory, recordCategories, withCategory, type CategoryMask } from "../lib/format/categories.ts";

export interface ScopePickerProps {
  readonly legend: string;
  readonly value: CategoryMask;
  readonly onChange: (value: CategoryMask) => void;
}

/** Categories that are read. */
export function ScopePicker({ legend, value, onChange }: ScopePickerProps) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="form-label">{legend}</legend>
      {recordCategories.map((category) => (
        <div className="form-check" key={category}>
          <label className="form-check-label">
            <input
              type="checkbox"
              className="form-check-input"
              checked={hasCategory(value, category)}
              onChange={({ target }) => onChange(withCategory(value, category, target.checked))}
            />
            {t(`category.${category}`)}
          </label>
        </div>
      ))}
    </fieldset>
  );
}
