import type { MandateAction } from "@chartkey/sdk";
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

/** What a delegate sees of a patient's pages: a courtesy, as the contracts decide what he may do, and he has no key to read with. */
export function DelegateArea() {
  const { t } = useTranslation("delegates");
  const path = useLocation().pathname.replace(/\/$/, "");
  const needed = pages[path];
  const may = useMayDo(...(needed ?? []));
  if (path === "/patient") return <MandatePage />;
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
