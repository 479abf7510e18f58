import { useQueries } from "@tanstack/react-query";
import { Trans, useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { deriveAccount, developmentAccounts } from "../../lib/devwallet/accounts.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useExamples } from "./useExamples.ts";

export interface DevelopmentAccountsProps {
  readonly disabled: boolean;
  readonly onChoose: (index: number) => void;
}

/** The accounts of the development wallet, by what they are for, and whom they play in the examples where those were loaded. */
export function DevelopmentAccounts({ disabled, onChoose }: DevelopmentAccountsProps) {
  const { t } = useTranslation("connect");
  const locale = useLocale();
  const accounts = useQueries({
    queries: developmentAccounts.map(({ index }) => ({
      queryKey: ["connect", "developmentAccount", index],
      queryFn: async () => (await deriveAccount(index)).address,
      staleTime: Infinity,
    })),
  });
  const exampleOf = useExamples(accounts.map(({ data }) => data));
  return (
    <ul className="ck-list">
      {developmentAccounts.map(({ index, label }) => {
        const name = t(`development.label.${label}`, { number: index.toLocaleString(locale) });
        const address = accounts[index]?.data;
        const example = exampleOf(index);
        return (
          <li key={index} className="align-items-center">
            <div className="ck-grow">
              <p className="ck-row-title">{name}</p>
              {example && (
                <p className="ck-meta">
                  <Trans
                    t={t}
                    i18nKey="development.example"
                    values={{ name: example.name, role: t(`common:role.${example.role}`) }}
                    components={{ b: <bdi /> }}
                  />
                </p>
              )}
              {address && <Address value={address} />}
            </div>
            <button type="button" className="btn btn-plain btn-sm" disabled={disabled} onClick={() => onChoose(index)}>
              {t("use")}
              <span className="visually-hidden"> {name}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
