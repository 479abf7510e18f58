import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

export interface DialogProps {
  readonly title: ReactNode;
  /** Called by the close button, Escape and nothing else. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons; the one that acts comes first. */
  readonly footer?: ReactNode;
  /** Words for the close button when closing does not stop what runs. */
  readonly closeLabel?: string;
  readonly wide?: boolean;
}

/** A modal dialog. The browser's own element keeps focus inside and gives it back at the end. */
export function Dialog({ title, onClose, children, footer, closeLabel, wide = false }: DialogProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // Not the close button, which the browser would choose: Enter would answer before anything was read.
    dialog?.querySelector("h2")?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      className={wide ? "ck-dialog is-wide" : "ck-dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="ck-icon-btn" onClick={onClose} aria-label={closeLabel ?? t("action.close")}>
          <Icon name="x" />
        </button>
      </header>
      {children}
      {footer && <footer>{footer}</footer>}
    </dialog>
  );
}
