import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { EmptyState } from "../components/EmptyState.tsx";
import { Loading } from "../components/Loading.tsx";
import { RequireWallet } from "../features/session/RequireWallet.tsx";
import { TakeOverKey } from "../features/vault/TakeOverKey.tsx";
import { useActing } from "../lib/acting/acting.ts";
import { useSession } from "../lib/session/session.ts";

/** A successor seals the records that he took over to his own wallet. */
export default function RenewRoute() {
  const { t } = useTranslation("vault");
  return (
    <RequireWallet title={t("takeOver.title")}>
      <Renewal />
    </RequireWallet>
  );
}

function Renewal() {
  const { t } = useTranslation("vault");
  const acting = useActing();
  const session = useSession();
  const navigate = useNavigate();
  if (acting?.as !== "successor")
    return (
      <EmptyState
        kind="noPermission"
        level={1}
        title={t("takeOver.notActing")}
        text={t("takeOver.notActingText")}
        action={{ label: t("takeOver.offers"), to: "/successor" }}
      />
    );
  return session ? <TakeOverKey session={session} onDone={() => void navigate("/patient")} /> : <Loading />;
}
