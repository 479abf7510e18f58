import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import type { Conflict } from "./lib/conflicts.ts";
import { namesStrength, type Medicine, type TypedMedicine } from "./lib/order.ts";
import { MedicineForm } from "./MedicineForm.tsx";
import { useAmountWords } from "./useAmountWords.ts";

/** A medicine of the basket with what it meets. */
export interface BasketItem extends Medicine {
  readonly conflicts: readonly Conflict[];
}

interface BasketProps {
  readonly items: readonly BasketItem[];
  /** Place of the medicine that was just added: the focus goes there, in sight. Null for none. */
  readonly added: number | null;
  readonly onChange: (index: number, medicine: Medicine) => void;
  readonly onRemove: (index: number) => void;
  /** What is changed and not saved yet; null when that is nothing. */
  readonly onTyped: (typed: TypedMedicine | null) => void;
}

/** The medicines of the order; one that conflicts is removed, or kept with a written reason. */
export function Basket({ items, added, onChange, onRemove, onTyped }: BasketProps) {
  const { t } = useTranslation("doctor");
  const amount = useAmountWords();
  const [edited, setEdited] = useState<number | null>(null);
  const newest = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (added === null) return;
    newest.current?.focus({ preventScroll: true });
    newest.current?.scrollIntoView({ block: "nearest" });
  }, [added]);
  return (
    <ul className="ck-list" aria-label={t("order.basket")}>
      {items.map((item, index) => (
        <li
          key={`${index} ${item.medicine}`}
          className="d-block"
          {...(index === added ? { ref: newest, tabIndex: -1 } : {})}
        >
          {edited === index ? (
            <MedicineForm
              medicine={item}
              onTyped={onTyped}
              onCancel={() => setEdited(null)}
              onSave={(medicine) => {
                onChange(index, medicine);
                setEdited(null);
              }}
            />
          ) : (
            <div className="d-flex flex-wrap gap-1 column-gap-3">
              <div className="ck-grow me-auto">
                <p className="ck-row-title">
                  <bdi>{item.medicine}</bdi>
                </p>
                <p className="ck-meta">
                  <bdi>{item.dosage}</bdi> · <bdi>{amount(item)}</bdi>
                </p>
                {!namesStrength(item) && <StatusBadge tone="wait">{t("order.noStrength")}</StatusBadge>}
              </div>
              <div className="ck-end d-flex gap-1 align-items-start">
                <button type="button" className="btn btn-quiet btn-sm" onClick={() => setEdited(index)}>
                  {t("order.edit")}
                  <span className="visually-hidden"> {item.medicine}</span>
                </button>
                <button type="button" className="btn btn-quiet btn-sm" onClick={() => onRemove(index)}>
                  {t("order.remove")}
                  <span className="visually-hidden"> {item.medicine}</span>
                </button>
              </div>
            </div>
          )}
          {edited !== index && item.conflicts.length > 0 && (
            <ConflictNotice item={item} onReason={(reason) => onChange(index, { ...item, reason })} />
          )}
        </li>
      ))}
    </ul>
  );
}

function ConflictNotice({
  item,
  onReason,
}: {
  readonly item: BasketItem;
  readonly onReason: (reason: string) => void;
}) {
  const { t } = useTranslation("doctor");
  const id = useId();
  return (
    <div className="ck-note is-bad mt-3" role="alert">
      <Icon name="exclamationCircle" />
      <div className="w-100">
        <ul className="list-unstyled mb-3">
          {item.conflicts.map(({ kind, name }) => (
            <li key={`${kind} ${name}`}>
              <strong>{t(`order.conflict.${kind}`)}</strong> <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
        <label className="form-label" htmlFor={id}>
          {t("order.reason", { medicine: item.medicine })}
        </label>
        <input
          id={id}
          className="form-control"
          dir="auto"
          autoComplete="off"
          value={item.reason}
          onChange={({ target }) => onReason(target.value)}
        />
      </div>
    </div>
  );
}
