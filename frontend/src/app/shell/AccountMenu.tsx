import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Address as Account } from "viem";
import { useChains, useConnection, useDisconnect } from "wagmi";
import { Address } from "../../components/Address.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Menu } from "../../components/Menu.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { DEVELOPMENT_WALLET } from "../../lib/devwallet/connector.ts";
import { useActing } from "../../lib/acting/acting.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { shortened } from "../../lib/format/hex.ts";
import { chooseRole, useCurrentRole } from "../../lib/roles/current.ts";
import { useRoles } from "../../lib/roles/useRoles.ts";
import { lockVault, useVaultOf, vaultOwner } from "../../lib/session/vault.ts";
import { homeOf } from "../../routes/navigation.ts";
import { ActForList } from "./ActForList.tsx";

/** The account and role that act now; switches role and account, and disconnects. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { address, connector } = useConnection();
  const [chain] = useChains();
  const { mutate: disconnect } = useDisconnect();
  const { roles } = useRoles();
  const role = useCurrentRole(roles);
  const navigate = useNavigate();
  const acting = useActing();
  const ownerFor = (account?: Account) => (address && chain ? vaultOwner(chain.id, address, account) : null);
  const unlocked = useVaultOf(ownerFor(acting?.account)) !== null;
  const lockable = useVaultOf(ownerFor()) !== null || unlocked;

  if (!address) {
    return (
      <button type="button" className="btn btn-plain btn-sm" onClick={() => openConnectDialog()}>
        <Icon name="wallet" />
        <span>{t("account.connectShort")}</span>
      </button>
    );
  }

  const development = connector?.id === DEVELOPMENT_WALLET;
  const roleName = acting ? t(`acting.role.${acting.as}`) : role ? t(`role.${role}`) : t("role.none");
  const button = (
    <>
      <span className="ck-av" aria-hidden="true">
        <Icon name={development ? "pen" : "wallet"} />
      </span>
      <span className="ck-me-who">
        <span className="d-block ck-s ck-strong">{roleName}</span>
        <span className="d-block ck-xs ck-2">
          <bdi className="ck-mono">{shortened(address)}</bdi>
        </span>
      </span>
      <Icon name="chevronExpand" />
      <span className="visually-hidden">{t("account.menu")}</span>
    </>
  );

  return (
    <Menu button={button} className="ck-me">
      <div className="ck-menu-head" data-keep-open>
        <Address value={address} />
        {development && (
          <StatusBadge tone="wait" icon="exclamationTriangle">
            {t("account.development")}
          </StatusBadge>
        )}
      </div>
      {roles.length > 1 && (
        <>
          <p className="ck-menu-title" id="role-switcher">
            {t("account.actAs")}
          </p>
          <ul className="ck-menu-list" aria-labelledby="role-switcher">
            {roles.map((held) => (
              <li key={held}>
                <button
                  type="button"
                  className="dropdown-item"
                  aria-current={held === role ? "true" : undefined}
                  onClick={() => {
                    chooseRole(held);
                    void navigate(homeOf[held]);
                  }}
                >
                  {t(`role.${held}`)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <ActForList />
      <ul className="ck-menu-list is-last">
        {/* A delegate has no key to the account that he acts for. */}
        {acting?.as !== "delegate" && (
          <li>
            <button type="button" className="dropdown-item" onClick={() => void navigate("/key")}>
              {t("account.key")}
            </button>
          </li>
        )}
        <li>
          <button type="button" className="dropdown-item" onClick={() => void navigate("/transactions")}>
            {t("account.transactions")}
          </button>
        </li>
        {lockable && (
          <li>
            <button type="button" className="dropdown-item" onClick={lockVault}>
              {t("account.lock")}
            </button>
          </li>
        )}
        <li>
          <button
            type="button"
            className="dropdown-item"
            onClick={() => {
              openConnectDialog(development ? "development" : "wallets");
            }}
          >
            {t("account.other")}
          </button>
        </li>
        <li>
          <button
            type="button"
            className="dropdown-item"
            onClick={() => {
              disconnect();
              void navigate("/");
            }}
          >
            {t("account.disconnect")}
          </button>
        </li>
      </ul>
    </Menu>
  );
}
