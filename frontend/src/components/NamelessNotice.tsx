import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { usePatientAccount } from "../lib/acting/acting.ts";
import type { NameCheck } from "../lib/chart/useNameCheck.ts";
import { comingBackTo } from "../lib/patient/comeBack.ts";
import { Address } from "./Address.tsx";
import { Notice } from "./Notice.tsx";

interface NamelessNoticeProps {
  readonly check: NameCheck;
  /** The form that it stands in, which keeps what is typed while one is away. */
  readonly form: Parameters<typeof comingBackTo>[0];
}

/** Says before a signature that the doctor will see an address alone, leads to where one says who one is, or lets one go on without. */
export function NamelessNotice({ check, form }: NamelessNoticeProps) {
  const { t } = useTranslation();
  const id = useId();
  const account = usePatientAccount();
  const { state } = useLocation();
  if (!check.nameless) return null;
  return (
    <Notice tone="warn" title={t("nameless.title")}>
      <p className="mb-1">
        {t("nameless.text")} {account && <Address value={account} />}
      </p>
      <Link className="ck-tap" to="/patient/profile" state={account && comingBackTo(form, account, state)}>
        {t("nameless.action")}
      </Link>
      <p className="ck-s ck-2 mb-3">{t("nameless.kept")}</p>
      <div className="form-check mb-0">
        <input
          id={id}
          type="checkbox"
          className="form-check-input"
          checked={check.accepted}
          onChange={({ target }) => check.accept(target.checked)}
        />
        <label className="form-check-label" htmlFor={id}>
          {t("nameless.accept")}
        </label>
      </div>
    </Notice>
  );
}
