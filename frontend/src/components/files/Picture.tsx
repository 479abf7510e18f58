import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../Notice.tsx";
import type { ShownFileProps } from "../../lib/files/source.ts";

/** Draws a picture. Its type is what the browser takes it for. */
export default function Picture({ file, title }: ShownFileProps) {
  const { t } = useTranslation("files");
  const [drawn, setDrawn] = useState(true);
  // The URL lives as long as the image: what is ready after the page was left, or locked, gets none.
  const draw = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(file);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [file],
  );
  if (!drawn) return <Notice tone="warn" live="alert" title={t("notDrawn")} />;
  return (
    <div>
      <img className="ck-picture" ref={draw} alt={title} onError={() => setDrawn(false)} />
    </div>
  );
}
