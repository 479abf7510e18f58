import { useEffect } from "react";

/** Has the browser ask before the page is closed or loaded again, until the returned function is called. */
export function warnBeforeUnload(): () => void {
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener("beforeunload", warn);
  return () => window.removeEventListener("beforeunload", warn);
}

/** Has the browser ask before the page is left for good, while something would be lost. */
export function useUnloadWarning(active: boolean): void {
  useEffect(() => (active ? warnBeforeUnload() : undefined), [active]);
}
