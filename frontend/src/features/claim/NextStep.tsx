import type { MemberStatus } from "@chartkey/sdk";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { useStandings } from "../../lib/roles/useRoles.ts";
import type { InvitedRole } from "./role.ts";

/** Milliseconds between two looks while one waits for the hospital. */
const INTERVAL = 3_000;

interface NextStepProps {
  readonly role: InvitedRole;
  readonly name: string;
  readonly status: MemberStatus;
}

/** What comes after the invitation was used; says by itself when the hospital has confirmed. */
export function NextStep({ role, name, status }: NextStepProps) {
  const { t } = useTranslation("claim");
  const { refetch } = useStandings();
  const waits = status === "requested";
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void refetch(), INTERVAL);
    return () => clearInterval(timer);
  }, [waits, refetch]);
  const state = waits ? "requested" : status === "active" ? "active" : "suspended";
  return (
    <section>
      <div role="status">
        <StatusBadge tone={waits ? "wait" : status === "active" ? "ok" : "bad"}>
          {t(`common:standing.status.${status}`)}
        </StatusBadge>
        <h2 className="mt-3">{t(`next.${state}.title`, { name })}</h2>
        <p className="ck-2">{t(state === "suspended" ? "next.suspended.text" : `next.${state}.${role}`, { name })}</p>
      </div>
      <div className="ck-actions">
        <Link className={`btn ${waits ? "btn-plain" : "btn-primary"}`} to={`/${role}`}>
          {t(`next.go.${role}`)}
        </Link>
      </div>
    </section>
  );
}
