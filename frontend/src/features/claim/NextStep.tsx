import type { MemberStatus } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import type { InvitedRole } from "./role.ts";

interface NextStepProps {
  readonly role: InvitedRole;
  readonly name: string;
  readonly status: MemberStatus;
}

/** What comes after the invitation was used; says by itself when the hospital has confirmed. */
export function NextStep({ role, name, status }: NextStepProps) {
  const { t } = useTranslation("claim");
  const waits = status === "requested";
  // A key is for every account; a role's pages open when it is confirmed.
  const makesKey = waits && role !== "pharmacist";
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
        <Link className={`btn ${waits ? "btn-plain" : "btn-primary"}`} to={makesKey ? "/key" : `/${role}`}>
          {t(makesKey ? "next.go.key" : `next.go.${role}`)}
        </Link>
      </div>
    </section>
  );
}
