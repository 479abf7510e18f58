import { useEffect, useId, useRef, useState, type MouseEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";

export interface MenuProps {
  /** What the button shows; its words or `label` name it. */
  readonly button: ReactNode;
  readonly label?: string;
  readonly className?: string;
  /** The content. A click on a button or link in it closes the panel, except on one inside `data-keep-open`. */
  readonly children: ReactNode;
}

/** Whether a menu is open anywhere: whoever opened it is choosing, and keeps the focus. */
export function isMenuOpen(): boolean {
  return document.querySelector(".ck-menu > [aria-expanded='true']") !== null;
}

/** Moves the focus among the items of a panel, as a key asks; false for any other key. */
function moveFocus(panel: Element, key: string): boolean {
  const items = [...panel.querySelectorAll<HTMLElement>(".dropdown-item:not(:disabled)")];
  const last = items.length - 1;
  const at = items.findIndex((item) => item === document.activeElement);
  const places: Record<string, number> = {
    ArrowDown: Math.min(at + 1, last),
    ArrowUp: at < 0 ? last : Math.max(at - 1, 0),
    Home: 0,
    End: last,
  };
  const place = places[key];
  if (place === undefined) return false;
  items[place]?.focus();
  return true;
}

/** A button that opens a panel under it. Escape, a click elsewhere or leaving it by keyboard closes it; arrows go from item to item. */
export function Menu({ button, label, className = "ck-icon-btn", children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    // On the document: an item that was focused may be gone since its data was read again.
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        setOpen(false);
        trigger.current?.focus();
      } else if (panel.current && moveFocus(panel.current, event.key)) event.preventDefault();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    document.addEventListener("keydown", pressed);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
      document.removeEventListener("keydown", pressed);
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
        onClick={() => {
          setOpen((before) => !before);
          trigger.current?.focus(); // Safari leaves it where it was.
        }}
        onKeyDown={({ key }) => {
          // What the key does in the open panel follows on the document.
          if (key === "ArrowDown" || key === "ArrowUp") flushSync(() => setOpen(true));
        }}
      >
        {button}
      </button>
      {open && (
        <div className="dropdown-menu show" id={id} ref={panel} onClick={closeAfterChoice}>
          {children}
        </div>
      )}
    </div>
  );
}
