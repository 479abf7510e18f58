import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { KeySource } from "../../lib/cards/useCardChecks.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { ErrorNotice } from "../ErrorNotice.tsx";
import { FileDrop } from "../FileDrop.tsx";

interface IssuerKeysProps {
  readonly issuer: string;
  /** What its cards were held against; undefined before that. */
  readonly source: KeySource | undefined;
  /** With a file, or by asking the issuer. */
  readonly onCheck: (issuer: string, file?: File) => Promise<void>;
  /** Whether this page may ask the issuer: the pages of the app talk to stores and chain alone. */
  readonly mayAsk: boolean;
}

/** Where the keys of an issuer may come from: nothing is asked of it before somebody says so. */
export function IssuerKeys({ issuer, source, onCheck, mayAsk }: IssuerKeysProps) {
  const { t } = useTranslation("viewer");
  const { host } = new URL(issuer);
  const checking = useAction(useCallback(async (_, file?: File) => onCheck(issuer, file), [issuer, onCheck]));
  return (
    <section className="ck-gap" aria-label={t("keys.title", { host })}>
      <h2 className="mb-2">
        <bdi>{t("keys.title", { host })}</bdi>
      </h2>
      <p className="ck-measure" role="status">
        <bdi>
          {source === undefined
            ? t("keys.none", { host })
            : t(`keys.${source.kind}`, { host, name: source.kind === "issuer" ? "" : source.name })}
        </bdi>
      </p>
      <div className="d-grid gap-3 ck-narrow w-100">
        {mayAsk && (
          <div>
            <button
              type="button"
              className="btn btn-plain"
              disabled={checking.running}
              onClick={() => void checking.run()}
            >
              <bdi>{t("keys.ask", { host })}</bdi>
            </button>
            <p className="form-text mt-2 mb-0">{t("keys.askHint")}</p>
          </div>
        )}
        <FileDrop
          label={t(mayAsk ? "keys.choose" : "keys.chooseOnly")}
          disabled={checking.running}
          onFile={(file) => void checking.run(file)}
          hint={
            <>
              {t("keys.chooseHint")} <bdi dir="ltr">{`${issuer}/.well-known/jwks.json`}</bdi>
            </>
          }
        />
        {checking.error !== null && (
          <ErrorNotice error={checking.error} actions={{ retry: () => void checking.run() }} />
        )}
      </div>
    </section>
  );
}
