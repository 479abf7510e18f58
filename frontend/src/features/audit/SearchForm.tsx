import { useCallback, useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useAction } from "../../lib/session/useAction.ts";
import { placeOf } from "./lib/places.ts";
import { parseSearch, type SearchTarget } from "./lib/search.ts";
import { useAudit } from "./useAudit.ts";

/** Finds a block by number or hash, a transaction by hash, a ledger, contract or other address, the ledger of a record, or where a digest or CID is anchored. */
export function SearchForm() {
  const { t } = useTranslation("audit");
  const { client, deployment } = useAudit();
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);

  const search = useAction(
    useCallback(
      async (_, target: SearchTarget) => {
        await navigate(await placeOf(client, deployment, target));
      },
      [client, deployment, navigate],
    ),
  );
  const find = () => {
    const target = parseSearch(text);
    setWrong(target === null);
    if (target) void search.run(target);
  };

  return (
    <form
      className="ck-find"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        find();
      }}
    >
      <div className="d-flex gap-2">
        <label className="visually-hidden" htmlFor={id}>
          {t("search.label")}
        </label>
        <input
          id={id}
          className={wrong ? "form-control is-invalid" : "form-control"}
          type="search"
          dir={text === "" ? undefined : "auto"}
          value={text}
          placeholder={t("search.placeholder")}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-error` : undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <button className="btn btn-plain" type="submit" disabled={search.running}>
          {t("search.find")}
        </button>
      </div>
      {wrong && (
        <p className="invalid-feedback d-block mb-0" id={`${id}-error`} role="alert">
          {t("search.wrong")}
        </p>
      )}
      {search.error !== null && <ErrorNotice error={search.error} actions={{ retry: find }} />}
    </form>
  );
}
