import type { ChartState } from "@chartkey/sdk";
import {
  EMERGENCY_KINDS,
  summarize,
  withoutNone,
  type EmergencyItem,
  type ReadEmergencySet,
} from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import { Time } from "../../components/Time.tsx";
import { fhirSeconds, formatFhirDate, isFhirDate } from "../../lib/format/fhirDate.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

export interface SetViewProps {
  readonly content: ReadEmergencySet;
  readonly asOf: ChartState;
  /** Entries that the chart got since. */
  readonly newer: number;
}

/** An emergency set: allergies first, then what the person says, medication and diagnoses, and how far it knows the chart. */
export function SetView({ content, asOf, newer }: SetViewProps) {
  const { t } = useTranslation("card");
  const locale = useLocale();
  const { details, items, date, unreadable } = content;
  const made = fhirSeconds(date);
  const [allergy, ...others] = EMERGENCY_KINDS;
  const number = (value: number) => value.toLocaleString(locale);
  return (
    <div className="ck-stack mt-4">
      <p className="ck-meta mb-0">
        {t("asOf", { entry: number(asOf.sequence), block: number(asOf.block) })}{" "}
        {made !== undefined && <Time seconds={made} />}
      </p>
      {newer > 0 && <Notice tone="warn">{t("newer", { count: newer, number: number(newer) })}</Notice>}
      {unreadable > 0 && (
        <Notice tone="bad">{t("unreadable", { count: unreadable, number: number(unreadable) })}</Notice>
      )}
      <Kind kind={allergy} items={items} />
      <Details details={details} />
      {others.map((kind) => (
        <Kind key={kind} kind={kind} items={items} />
      ))}
      <Notice>{t("limit")}</Notice>
    </div>
  );
}

function Details({
  details: { name, birthDate, bloodGroup, contact, note },
}: {
  readonly details: ReadEmergencySet["details"];
}) {
  const { t } = useTranslation("card");
  const locale = useLocale();
  const rows = [
    ["name", name],
    ["birthDate", birthDate && formatFhirDate(birthDate, locale)],
    ["bloodGroup", bloodGroup],
    ["contactName", contact?.name],
    ["note", note],
  ] as const;
  const said = rows.filter(([, value]) => value);
  if (said.length === 0 && !contact) return null;
  return (
    <section>
      <h2 className="mb-3">{t("person")}</h2>
      <dl className="ck-def">
        {said.map(([key, value]) => (
          <div key={key} className="ck-def-row">
            <dt>{t(`field.${key}`)}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
        {contact && (
          <div className="ck-def-row">
            <dt>{t("field.phone")}</dt>
            <dd>
              <a href={`tel:${contact.phone.replaceAll(/[^+\d]/g, "")}`} dir="ltr">
                {contact.phone}
              </a>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

interface KindProps {
  readonly kind: EmergencyItem["kind"];
  readonly items: readonly EmergencyItem[];
}

function Kind({ kind, items }: KindProps) {
  const { t } = useTranslation("card");
  const own = withoutNone(
    items.filter((item) => item.kind === kind),
    ({ resource }) => resource,
  );
  return (
    <section>
      <h2 className="mb-3">{t(`kind.${kind}`)}</h2>
      {own.length === 0 ? (
        <p className="ck-2 mb-0">{t(`none.${kind}`)}</p>
      ) : (
        <ul className="ck-list" aria-label={t(`kind.${kind}`)}>
          {own.map(({ url, resource }) => (
            <li key={url} className="d-block">
              <Item resource={resource} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Item({ resource }: Pick<EmergencyItem, "resource">) {
  const { t } = useTranslation("records");
  const locale = useLocale();
  const { title, date, lines } = summarize(resource);
  return (
    <>
      <p className="ck-row-title">
        <bdi>{title}</bdi>
      </p>
      {lines.map(({ label, text }, index) => (
        <p key={`${index} ${label}`} className="ck-meta mb-0">
          {t([`label.${label}`, "label.other"], { label })}:{" "}
          <bdi>{isFhirDate(text) ? formatFhirDate(text, locale) : text}</bdi>
        </p>
      ))}
      {date && !lines.some(({ text }) => text === date) && (
        <p className="ck-meta mb-0">{formatFhirDate(date, locale)}</p>
      )}
    </>
  );
}
