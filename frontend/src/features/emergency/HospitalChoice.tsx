import { useTranslation } from "react-i18next";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";

export interface HospitalChoiceProps {
  /** Hospitals of the patient. */
  readonly hospitals: readonly ListedHospital[];
  /** Numbers of those that may hand the set over. */
  readonly chosen: readonly number[];
  readonly onChange: (chosen: readonly number[]) => void;
}

/** Which hospitals may hand the set to a doctor while his emergency access is open; none unless the patient says so. */
export function HospitalChoice({ hospitals, chosen, onChange }: HospitalChoiceProps) {
  const { t } = useTranslation("card");
  return (
    <fieldset>
      <legend className="form-label">{t("hospitals.legend")}</legend>
      <p className="form-text mt-0">{t("hospitals.hint")}</p>
      {hospitals.length === 0 && <p className="ck-2 mb-0">{t("hospitals.none")}</p>}
      {hospitals.map(({ id, listing }) => {
        const name = listing?.name ?? t("common:standing.hospital", { id });
        const has = listing?.emergency !== undefined;
        return (
          <div key={id} className="form-check">
            <input
              type="checkbox"
              className="form-check-input"
              id={`hospital-${id}`}
              disabled={!has}
              checked={has && chosen.includes(id)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            <label className="form-check-label" htmlFor={`hospital-${id}`}>
              <bdi>{name}</bdi>
              {!has && <span className="d-block ck-meta">{t("hospitals.noKey")}</span>}
            </label>
          </div>
        );
      })}
    </fieldset>
  );
}
