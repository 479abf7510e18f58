import type { MemberStatus } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useConnection } from "wagmi";
import { Address } from "../../components/Address.tsx";
import { Loading } from "../../components/Loading.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { useHasVault } from "../../lib/session/useHasVault.ts";
import type { InvitedRole } from "./role.ts";

interface NextStepProps {
  readonly role: InvitedRole;
  readonly name: string;
  readonly status: MemberStatus;
}

/** What comes after the invitation was used; says by itself when the hospital has confirmed. */
export function NextStep({ role, name, status }: NextStepProps) {
  const { t } = useTranslation("claim");
  const { address } = useConnection();
  const { data: hasKey, isLoading } = useHasVault();
  if (isLoading) return <Loading />;
  const waits = status === "requested";
  // Pharmacists need no key. The pages of the other roles have one made first, and say who is not confirmed yet.
  const makesKey = role !== "pharmacist" && !hasKey && status !== "suspended";
  const state = waits ? "requested" : status === "active" ? "active" : "suspended";
  const text = state === "suspended" ? "text" : role === "pharmacist" || makesKey ? role : "hasKey";
  return (
    <section>
      <div role="status">
        <StatusBadge tone={waits ? "wait" : status === "active" ? "ok" : "bad"}>
          {t(`common:standing.status.${status}`)}
        </StatusBadge>
        <h2 className="mt-3">{t(`next.${state}.title`, { name })}</h2>
        <p className="ck-2">{t(`next.${state}.${text}`, { name })}</p>
        {waits && address && (
          <>
            <p className="mb-1">
              {t("next.address")} <Address value={address} full />
            </p>
            <p className="ck-s ck-2 ck-measure">{t("common:whatAddress")}</p>
          </>
        )}
      </div>
      <div className="ck-actions">
        <Link className={`btn ${waits ? "btn-plain" : "btn-primary"}`} to={`/${role}`}>
          {t(makesKey ? "next.go.key" : `next.go.${role}`)}
        </Link>
      </div>
    </section>
  );
}
