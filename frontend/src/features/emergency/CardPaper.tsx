import { summarize, withoutNone, type ReadEmergencySet } from "@chartkey/sdk/records";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { QrCode } from "../../components/QrCode.tsx";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

export interface CardPaperProps {
  /** The card's text: a secret. */
  readonly code: string;
  readonly content: ReadEmergencySet;
}

/** The card as it is printed: two faces of a bank card's size, to be folded between them. */
export function CardPaper({ code, content }: CardPaperProps) {
  const { t } = useTranslation("card");
  const [withWords, setWithWords] = useState(true);
  return (
    <>
      <div className="ck-noprint">
        <div className="form-check">
          <input
            type="checkbox"
            className="form-check-input"
            id="with-words"
            checked={withWords}
            onChange={({ target }) => setWithWords(target.checked)}
          />
          <label className="form-check-label" htmlFor="with-words">
            {t("paper.withWords")}
          </label>
        </div>
        <div className="ck-actions mt-3 mb-4">
          <button type="button" className="btn btn-primary" onClick={() => window.print()}>
            <Icon name="printer" /> {t("paper.print")}
          </button>
        </div>
      </div>
      <article className="ck-wallet-card" aria-label={t("paper.title")}>
        <div className="ck-face">
          <QrCode value={`${window.location.origin}/card#${code}`} label={t("paper.code")} />
          <div>
            <p className="ck-card-title">{t("paper.title")}</p>
            <p>{t("paper.scan")}</p>
            <p className="ck-mono" dir="ltr">
              {window.location.host}/card
            </p>
          </div>
        </div>
        <div className="ck-face is-words">{withWords ? <Facts content={content} /> : <p>{t("paper.noWords")}</p>}</div>
      </article>
    </>
  );
}

/** What helps where there is no network: what the person says, and the allergies. */
function Facts({ content: { details, items, date } }: Pick<CardPaperProps, "content">) {
  const { t } = useTranslation("card");
  const locale = useLocale();
  const { name, birthDate, bloodGroup, contact, note } = details;
  const recorded = items.filter(({ kind }) => kind === "allergy").map(({ resource }) => resource);
  const allergies = withoutNone(recorded, (resource) => resource).map((resource) => summarize(resource).title);
  const call = contact && [contact.name, contact.phone].filter(Boolean).join(" ");
  const rows = [
    ["name", name],
    ["birthDate", birthDate && formatFhirDate(birthDate, locale)],
    ["allergies", allergies.length > 0 ? formatList(allergies, locale) : t("paper.noAllergies")],
    ["bloodGroup", bloodGroup],
    ["call", call],
    ["note", note],
  ] as const;
  return (
    <>
      <dl>
        {rows.map(
          ([key, value]) =>
            value && (
              <div key={key}>
                <dt>{t(`paper.${key}`)}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
      <p className="ck-small">{t("paper.printed", { date: formatFhirDate(date, locale) })}</p>
    </>
  );
}
