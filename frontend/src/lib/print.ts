import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";

/** State of a link whose page prints itself when it is there. */
export const PRINT = "print";

/** Prints the page once, if a link with the state `PRINT` led here, as soon as it shows what is printed. */
export function usePrintOnArrival(ready: boolean): void {
  const { state, pathname, search } = useLocation();
  const navigate = useNavigate();
  const printed = useRef(false);
  useEffect(() => {
    if (!ready || state !== PRINT || printed.current) return;
    printed.current = true;
    // Going back to the page, or loading it again, prints nothing.
    void Promise.resolve(navigate({ pathname, search }, { replace: true, state: null })).then(() => window.print());
  }, [navigate, pathname, ready, search, state]);
}
