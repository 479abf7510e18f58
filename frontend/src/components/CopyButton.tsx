import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

/** Copies `value` in full; `label` says what it is. The result is said to screen readers too. */
export function CopyButton({ value, label }: { readonly value: string; readonly label: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setState("copied");
    } catch {
      setState("failed");
    }
  }

  return (
    <>
      <button
        type="button"
        onClick={() => void copy()}
        aria-label={t("copy.label", { what: label })}
        title={t("copy.title")}
      >
        <Icon name={state === "copied" ? "check" : state === "failed" ? "x" : "copy"} />
      </button>
      <span className="visually-hidden" role="status">
        {state === "copied" && t("copy.done")}
        {state === "failed" && t("copy.failed")}
      </span>
    </>
  );
}
