import type { HealthCardCheck } from "@chartkey/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ShownCard } from "../../lib/cards/content.ts";
import { StatusBadge, type StatusTone } from "../StatusBadge.tsx";
import { Time } from "../Time.tsx";

type CardState = HealthCardCheck["state"] | "unchecked";

const tones: Readonly<Record<CardState, StatusTone>> = {
  holds: "ok",
  fails: "bad",
  revoked: "bad",
  unknownKey: "wait",
  unchecked: "plain",
};

interface CardViewProps {
  readonly shown: ShownCard;
  /** Undefined while no key was given for it. */
  readonly check: HealthCardCheck | undefined;
  /** Unix seconds at which it came. */
  readonly time: number;
  /** What is in it. */
  readonly children: ReactNode;
}

/** A SMART Health Card: who it says signed it, what became of that, and what is in it, unless that is known not to count. */
export function CardView({ shown, check, time, children }: CardViewProps) {
  const { t } = useTranslation("viewer");
  const { issuer, issued, expires } = shown.card;
  const state: CardState = check?.state ?? "unchecked";
  const isRefused = state === "fails" || state === "revoked";
  return (
    <article className="mt-5" aria-label={t("card.title")}>
      <h2 className="mb-2">{t("card.title")}</h2>
      <div role="status">
        <StatusBadge tone={tones[state]}>{t(`card.${state}.word`)}</StatusBadge>
        <p className="ck-measure mt-2">
          {t(`card.${state}.full`)}
          {check?.state === "holds" && ` ${t(`card.revocation.${check.revocation}`)}`}
        </p>
      </div>
      <dl className="ck-def">
        <dt>{t("card.issuer")}</dt>
        <dd>
          <bdi dir="ltr">{issuer}</bdi>
        </dd>
        <dt>{t("card.issued")}</dt>
        <dd>
          <Time seconds={issued} />
          {issued > time && ` ${t("card.notYet")}`}
        </dd>
        {expires !== undefined && (
          <>
            <dt>{t("card.expires")}</dt>
            <dd>
              <Time seconds={expires} />
              {expires < time && ` ${t("card.over")}`}
            </dd>
          </>
        )}
      </dl>
      {!isRefused && <div className="mt-4">{children}</div>}
    </article>
  );
}
