import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Address as AddressType } from "viem";
import { Address } from "../../components/Address.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import type { ContractName } from "../../lib/chain/contracts.ts";
import { sourceQuery, type SourceFile, type SourceReport } from "./sourceQuery.ts";
import { useAudit } from "./useAudit.ts";

function FileLine({ path, text, ok }: SourceFile) {
  const { t } = useTranslation("explorer");
  return (
    <li className="d-block">
      <details className="ck-raw">
        <summary>
          <bdi className="ck-mono">{path}</bdi>
        </summary>
        {text !== null && (
          <pre dir="ltr" tabIndex={0} aria-label={path}>
            <code>{text}</code>
          </pre>
        )}
      </details>
      <StatusBadge tone={ok ? "ok" : "bad"}>
        {t(ok ? "source.ok" : text === null ? "source.missing" : "source.other")}
      </StatusBadge>
    </li>
  );
}

function Report({ name, implementation, files }: SourceReport & { readonly name: ContractName }) {
  const { t } = useTranslation("explorer");
  if (files === null)
    return (
      <Notice tone="bad" title={t("source.broken")}>
        <p>{t("source.brokenText")}</p>
      </Notice>
    );
  return (
    <>
      {implementation && (
        <p className="ck-s ck-2">
          {t("source.proxy")} <Address value={implementation} to={`/audit/address/${implementation}`} />
        </p>
      )}
      <p className="ck-s ck-2 ck-measure">{t("source.note")}</p>
      <ul className="ck-list">
        {files.map((file) => (
          <FileLine key={file.path} {...file} />
        ))}
      </ul>
      <p className="mt-3">
        <a href={`/sources/${name}/standard-input.json`} download={`${name}.json`}>
          {t("source.input")}
        </a>
      </p>
    </>
  );
}

/** The source of a contract of ours, held against the code at its address in this browser. */
export function SourceSection({ address, name }: { readonly address: AddressType; readonly name: ContractName }) {
  const { t } = useTranslation("explorer");
  const { client, chainId } = useAudit();
  const { data, error, isPending, refetch } = useQuery(sourceQuery(client, chainId, address, name));
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("source.title")}</h2>
      </header>
      <div className="ck-rule-t">
        {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
        {isPending && <Loading what={t("source.loading")} />}
        {data === null && <p className="ck-2">{t("source.none")}</p>}
        {data && <Report name={name} {...data} />}
      </div>
    </section>
  );
}
