import { useTranslation } from "react-i18next";
import { Title } from "../components/Title.tsx";
import { EntryView } from "../features/chart/EntryView.tsx";
import { useItemTitle } from "../lib/chart/useItemTitle.ts";
import { RequireWallet } from "../features/session/RequireWallet.tsx";
import { SharedPage } from "../features/shared/SharedPage.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";

/** What was shared with an account, whatever its role. */
export default function SharedRoute() {
  const { t } = useTranslation("shared");
  const title = useItemTitle();
  return (
    <RequireWallet title={t("title")}>
      <RequireVault>
        <SharedPage>
          {(item) => (
            <>
              <h2>
                <Title resource={item.resource}>{title(item)}</Title>
              </h2>
              <EntryView item={item} />
            </>
          )}
        </SharedPage>
      </RequireVault>
    </RequireWallet>
  );
}
