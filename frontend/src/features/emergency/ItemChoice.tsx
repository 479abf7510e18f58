import { EMERGENCY_KINDS, summarize, type EmergencyItem } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";

export interface ItemChoiceProps {
  readonly items: readonly EmergencyItem[];
  /** URLs of those that the set shows. */
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** Which entries of the chart the set shows, by what they are in an emergency. */
export function ItemChoice({ items, chosen, onChange }: ItemChoiceProps) {
  const { t } = useTranslation("card");
  function toggle(url: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(url);
    else next.delete(url);
    onChange(next);
  }
  return EMERGENCY_KINDS.map((kind) => {
    const own = items.filter((item) => item.kind === kind);
    return (
      <fieldset key={kind}>
        <legend className="form-label">{t(`kind.${kind}`)}</legend>
        {own.length === 0 && <p className="ck-2 mb-0">{t("noneInChart")}</p>}
        {own.map(({ url, resource }) => (
          <div key={url} className="form-check">
            <input
              type="checkbox"
              className="form-check-input"
              id={url}
              checked={chosen.has(url)}
              onChange={({ target }) => toggle(url, target.checked)}
            />
            <label className="form-check-label" htmlFor={url}>
              <bdi>{summarize(resource).title}</bdi>
            </label>
          </div>
        ))}
      </fieldset>
    );
  });
}
