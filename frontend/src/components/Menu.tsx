import { useEffect, useId, useRef, useState, type MouseEvent, type ReactNode } from "react";

export interface MenuProps {
  /** What the button shows; its words or `label` name it. */
  readonly button: ReactNode;
  readonly label?: string;
  readonly className?: string;
  /** The content. A click on a button or link in it closes the panel, except on one inside `data-keep-open`. */
  readonly children: ReactNode;
}

/** A button that opens a panel under it. Escape, a click elsewhere or leaving it by keyboard closes it. */
export function Menu({ button, label, className = "ck-icon-btn", children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      trigger.current?.focus();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
      document.removeEventListener("keydown", escape);
    };
  }, [open]);

  const closeAfterChoice = (event: MouseEvent<HTMLDivElement>) => {
    if (!(event.target instanceof Element) || !event.target.closest("button, a")) return;
    if (event.target.closest("[data-keep-open]")) return;
    setOpen(false);
    trigger.current?.focus();
  };

  return (
    <div className="ck-menu" ref={root}>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        onClick={() => setOpen((before) => !before)}
      >
        {button}
      </button>
      {open && (
        <div className="dropdown-menu show" id={id} onClick={closeAfterChoice}>
          {children}
        </div>
      )}
    </div>
  );
}
