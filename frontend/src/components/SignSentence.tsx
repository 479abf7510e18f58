import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface SignSentenceProps {
  /** The sentence in the first person that the signature stands for; null before there is one. */
  readonly children: ReactNode;
  /** What the signature cannot do, under the sentence. */
  readonly limit?: ReactNode;
}

/** The sentence that is signed, behind the ink rule that nothing else has. It stands beside the button. */
export function SignSentence({ children, limit }: SignSentenceProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <p className="form-label" id={id}>
        {t("sign.heading")}
      </p>
      <blockquote className="ck-sign">
        <p className={children === null ? "ck-2 mb-0" : "ck-sentence"}>{children ?? t("sign.later")}</p>
      </blockquote>
      {limit && <p className="form-text mt-2 mb-0">{limit}</p>}
    </div>
  );
}
