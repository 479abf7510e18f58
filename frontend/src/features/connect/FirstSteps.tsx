import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { firstSteps, useFirstSteps } from "./useFirstSteps.ts";

/** What comes first in a practice system, and by which of its accounts: what is done, what is next, until a patient can be treated. */
export function FirstSteps() {
  const { t } = useTranslation("connect");
  const id = useId();
  const done = useFirstSteps();
  const next = done && firstSteps.find((step) => !done.has(step));
  if (!next) return null;
  return (
    <div>
      <p className="mb-2" id={id}>
        <strong>{t(done.size === 0 ? "development.first.title" : "development.first.going")}</strong>
      </p>
      <ol className="mb-0" aria-labelledby={id}>
        {firstSteps.map((step) => (
          <li key={step} aria-current={step === next ? "step" : undefined} className={done.has(step) ? "ck-2" : ""}>
            {step === next && done.size > 0 ? (
              <strong>{t(`development.first.${step}`)}</strong>
            ) : (
              t(`development.first.${step}`)
            )}
            {done.has(step) && (
              <>
                {" "}
                <Icon name="checkCircle" /> <span className="visually-hidden">{t("development.first.done")}</span>
              </>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
