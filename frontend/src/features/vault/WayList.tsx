import { sameAddress, toBase64Url, type UnlockWay } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import type { Change } from "./change.ts";

export interface WayListProps {
  readonly ways: readonly UnlockWay[];
  /** The connected wallet. */
  readonly wallet: string;
  readonly onChange: (change: Change) => void;
}

/** What opens the vault, in words, each with what can be done about it. */
export function WayList({ ways, wallet, onChange }: WayListProps) {
  const { t } = useTranslation("vault");
  const button = (change: Change) => (
    <button
      key={change.kind}
      type="button"
      className={`btn btn-sm ${change.kind.startsWith("remove") ? "btn-stop" : "btn-plain"}`}
      onClick={() => onChange(change)}
    >
      {t(`change.${change.kind}.title`)}
    </button>
  );
  return (
    <ul className="ck-list" aria-label={t("ways.title")}>
      {ways.map((way) => (
        <li key={way.type === "passkey" ? toBase64Url(way.credential) : way.type} className="ck-wrap">
          <div className="ck-grow">
            <p className="ck-row-title">{t(`way.${way.type}.title`)}</p>
            {way.type === "wallet" && <Address value={way.wallet} />}
            <p className="ck-meta">
              {t(way.type === "wallet" && way.passcode ? "way.wallet.passcode" : `way.${way.type}.text`)}
            </p>
          </div>
          {way.type === "wallet" && (
            <div className="ck-actions">
              {sameAddress(way.wallet, wallet) && button({ kind: "passcode" })}
              {sameAddress(way.wallet, wallet) && way.passcode && button({ kind: "dropPasscode" })}
              {button({ kind: "removeWallet" })}
            </div>
          )}
          {way.type === "passkey" && button({ kind: "removePasskey", credential: way.credential })}
        </li>
      ))}
    </ul>
  );
}
