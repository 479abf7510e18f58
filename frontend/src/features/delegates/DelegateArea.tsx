import type { MandateAction } from "@chartkey/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";
import { EmptyState } from "../../components/EmptyState.tsx";
import { Page } from "../../components/Page.tsx";
import { useMayDo } from "../../lib/acting/useTies.ts";
import { MandatePage } from "./MandatePage.tsx";

/** The patient's pages that need no key of his, and what a mandate has to name for each. */
const pages: Readonly<Record<string, readonly MandateAction[]>> = {
  "/patient/access": ["grant", "revoke"],
  "/patient/access/new": ["grant"],
  "/patient/visits": ["book"],
  "/patient/visits/new": ["book"],
};

interface DelegateAreaProps {
  /** Unlocks the delegate's own key: what he calls the patient is sealed to it. */
  readonly unlock: ReactNode;
}

/** What a delegate sees of a patient's pages: a courtesy, as the contracts decide what he may do, and he has no key to read with. */
export function DelegateArea({ unlock }: DelegateAreaProps) {
  const { t } = useTranslation("delegates");
  const path = useLocation().pathname.replace(/\/$/, "");
  const needed = pages[path];
  const may = useMayDo(...(needed ?? []));
  if (path === "/patient") return <MandatePage unlock={unlock} />;
  if (needed && may) return <Outlet />;
  const title = t(needed ? "notMandated.title" : "noKey.title");
  return (
    <Page title={title} ownHeading narrow>
      <EmptyState
        kind="noPermission"
        level={1}
        title={title}
        text={t(needed ? "notMandated.text" : "noKey.text")}
        action={{ label: t("toMandate"), to: "/patient" }}
      />
    </Page>
  );
}
