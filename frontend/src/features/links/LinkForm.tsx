import { MAX_LINK_USES } from "@chartkey/sdk";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Check } from "../../components/fields/Check.tsx";
import type { ActionState } from "../../lib/session/useAction.ts";
import { ContentPicker, SUMMARY, choiceOf } from "./ContentPicker.tsx";
import { PasscodeField } from "./PasscodeField.tsx";
import type { LinkDraft } from "./queries.ts";
import { strengthOf } from "./strength.ts";

/** In hours: an hour, a day, a week, a month, three months. */
const TERMS = [1, 24, 168, 720, 2160] as const;
const USES = [0, 1, 5, 20] as const;
/** What the specification takes. */
const MAX_LABEL = 80;

interface LinkFormProps {
  readonly action: ActionState & { readonly run: (draft: LinkDraft) => Promise<boolean>; readonly reset: () => void };
}

/** What a link opens, for how long, how often, and for whom it is. */
export function LinkForm({ action }: LinkFormProps) {
  // The words of entries, and of what is left out, come along: waiting for them would hide the page when they are needed.
  const { t } = useTranslation(["links", "records", "chart"]);
  const id = useId();
  const [picked, setPicked] = useState(SUMMARY);
  const [label, setLabel] = useState("");
  const [hours, setHours] = useState<number>(24);
  const [uses, setUses] = useState<number>(0);
  const [passcode, setPasscode] = useState("");
  const [renewable, setRenewable] = useState(false);
  const choice = choiceOf(picked);
  const isWeak = strengthOf(passcode) === "short";
  const make = () => {
    if (choice === null) return;
    void action.run({
      ...{ choice, exp: Math.ceil(Date.now() / 60_000) * 60 + hours * 3_600, renewable },
      ...(label.trim() === "" ? {} : { label: label.trim() }),
      ...(passcode.trim() === "" ? {} : { passcode }),
      ...(uses === 0 ? {} : { uses }),
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <fieldset className="ck-fields" disabled={action.running}>
        <ContentPicker value={picked} onChange={setPicked} />
        <div>
          <label className="form-label" htmlFor={`${id}-label`}>
            {t("form.label")}
          </label>
          <input
            id={`${id}-label`}
            className="form-control"
            dir="auto"
            maxLength={MAX_LABEL}
            value={label}
            aria-describedby={`${id}-label-hint`}
            onChange={({ target }) => setLabel(target.value)}
          />
          <div className="form-text" id={`${id}-label-hint`}>
            {t("form.labelHint")}
          </div>
        </div>
        <div>
          <label className="form-label" htmlFor={`${id}-hours`}>
            {t("form.until")}
          </label>
          <select
            id={`${id}-hours`}
            className="form-select"
            value={hours}
            onChange={({ target }) => setHours(Number(target.value))}
          >
            {TERMS.map((term) => (
              <option key={term} value={term}>
                {t(`term.${term}`)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label className="form-label" htmlFor={`${id}-uses`}>
            {t("form.uses")}
          </label>
          <select
            id={`${id}-uses`}
            className="form-select"
            value={uses}
            onChange={({ target }) => setUses(Number(target.value))}
          >
            {USES.map((number) => (
              <option key={number} value={number}>
                {number === 0 ? t("form.anyUses", { most: MAX_LINK_USES }) : t("form.count", { count: number })}
              </option>
            ))}
          </select>
        </div>
        <Check
          label={t("form.renewable")}
          hint={t("form.renewableHint")}
          checked={renewable}
          onChange={({ target }) => setRenewable(target.checked)}
        />
        <PasscodeField value={passcode} onChange={setPasscode} />
        {action.error !== null && <ErrorNotice error={action.error} actions={{ retry: make, back: action.reset }} />}
        <div className="ck-actions">
          <button type="submit" className="btn btn-primary" disabled={choice === null || isWeak}>
            {action.running ? t("form.making") : t("form.make")}
          </button>
        </div>
      </fieldset>
    </form>
  );
}
