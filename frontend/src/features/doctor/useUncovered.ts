import { useEffect, type RefObject } from "react";

/** Pixels between the band and what has the focus. */
const GAP = 8;

const topOf = (element: Element) => element.getBoundingClientRect().top;

/**
 * Keeps what has the focus, with its label, below a band that stays at the top of the window (WCAG 2.4.11): a browser scrolls to what is
 * outside of the window, and not to what lies under the band.
 */
export function useUncovered(band: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const uncover = ({ target }: FocusEvent) => {
      // What the browser scrolls to by itself stands with the next frame.
      requestAnimationFrame(() => {
        const { current } = band;
        // What a pointer pressed stays under it.
        if (!current || !(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
        const isBelow = current.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (!isBelow || target.closest("dialog") || getComputedStyle(current).position !== "sticky") return;
        const labels = "labels" in target && target.labels instanceof NodeList ? [...target.labels] : [];
        const tops = [target, ...labels].flatMap((each) => (each instanceof Element ? [topOf(each)] : []));
        const covered = current.getBoundingClientRect().bottom - Math.min(...tops);
        if (covered > 0) window.scrollBy({ top: -covered - GAP, behavior: "instant" });
      });
    };
    document.addEventListener("focusin", uncover);
    return () => document.removeEventListener("focusin", uncover);
  }, [band]);
}
