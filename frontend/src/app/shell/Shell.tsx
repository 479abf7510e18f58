import { Suspense, lazy, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";
import { useConnection } from "wagmi";
import { Loading } from "../../components/Loading.tsx";
import { useConnectDialog } from "../../lib/dialogs/connect.ts";
import { currentApproval, subscribeApprovals } from "../../lib/devwallet/approvals.ts";
import { ActingBanner } from "./ActingBanner.tsx";
import { Footer } from "./Footer.tsx";
import { Header } from "./Header.tsx";
import { NavNotice } from "./NavCount.tsx";
import { NetworkState } from "./NetworkState.tsx";
import { StoreState } from "./StoreState.tsx";
import { TabBar } from "./TabBar.tsx";
import { isUnlocked, subscribeVault } from "../../lib/session/vault.ts";

const ConnectDialog = lazy(() => import("../../features/connect/ConnectDialog.tsx"));
const NodeState = lazy(() => import("./NodeState.tsx"));
const WaitingState = lazy(() => import("./WaitingState.tsx"));
const SentState = lazy(() => import("./SentState.tsx"));
const ApprovalDialog = lazy(() => import("../../features/connect/ApprovalDialog.tsx"));

/** What every page stands in. */
export function Shell() {
  const { t } = useTranslation();
  const approval = useSyncExternalStore(subscribeApprovals, currentApproval);
  const connecting = useConnectDialog();
  const { isConnected } = useConnection();
  const unlocked = useSyncExternalStore(subscribeVault, isUnlocked);
  const isVisitor = useLocation().pathname === "/" && !isConnected;
  return (
    <div className="ck-has-bottom">
      <a className="ck-skip" href="#main">
        {t("skip")}
      </a>
      <Header />
      <NetworkState />
      {/* Fetched when something is asked of the node: a visitor of the first page needs none of it. */}
      <Suspense fallback={null}>{!isVisitor && <NodeState />}</Suspense>
      <StoreState />
      <Suspense fallback={null}>{isConnected && <SentState />}</Suspense>
      <Suspense fallback={null}>{unlocked && <WaitingState />}</Suspense>
      <NavNotice />
      <ActingBanner />
      <main id="main" className="ck-page" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <Footer />
      <TabBar />
      <Suspense fallback={null}>
        {connecting && <ConnectDialog view={connecting} />}
        {approval && <ApprovalDialog key={approval.id} pending={approval} />}
      </Suspense>
    </div>
  );
}
