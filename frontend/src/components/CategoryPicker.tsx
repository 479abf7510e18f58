import { useTranslation } from "react-i18next";
import {
  hasCategory,
  recordCategories,
  withCategory,
  type CategoryMask,
  type RecordCategory,
} from "../lib/format/categories.ts";

/** What is granted: two masks, bit `n` for category `n`. */
export interface Scope {
  readonly read: CategoryMask;
  readonly write: CategoryMask;
}

export interface CategoryPickerProps {
  readonly legend: string;
  readonly value: Scope;
  readonly onChange: (value: Scope) => void;
  readonly categories?: readonly RecordCategory[];
  readonly disabled?: boolean;
  /** A sentence under the table when the choice cannot be used. */
  readonly error?: string;
}

const rights = ["read", "write"] as const;

/** Read and add, for each category of record. The two are independent. */
export function CategoryPicker({
  legend,
  value,
  onChange,
  categories = recordCategories,
  disabled,
  error,
}: CategoryPickerProps) {
  const { t } = useTranslation();
  return (
    <fieldset disabled={disabled}>
      <legend className="form-label">{legend}</legend>
      <table className="ck-matrix">
        <thead>
          <tr>
            <th scope="col">{t("categoryPicker.category")}</th>
            <th scope="col">{t("categoryPicker.read")}</th>
            <th scope="col">{t("categoryPicker.write")}</th>
          </tr>
        </thead>
        <tbody>
          {categories.map((category) => (
            <tr key={category}>
              <th scope="row">{t(`category.${category}`)}</th>
              {rights.map((right) => (
                <td key={right}>
                  <label>
                    <span className="visually-hidden">
                      {t(`categoryPicker.${right}One`, { category: t(`category.${category}`) })}
                    </span>
                    <input
                      type="checkbox"
                      className="form-check-input"
                      checked={hasCategory(value[right], category)}
                      onChange={({ target }) =>
                        onChange({ ...value, [right]: withCategory(value[right], category, target.checked) })
                      }
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {error && (
        <p className="invalid-feedback d-block" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
