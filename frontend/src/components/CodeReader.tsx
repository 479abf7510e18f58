import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { scan } from "../lib/scan/camera.ts";
import { qrDetector, type BarcodeDetector } from "../lib/scan/detector.ts";
import { Icon } from "./Icon.tsx";
import { Notice } from "./Notice.tsx";

export interface CodeReaderProps {
  /** What the text is, above the field. */
  readonly label: string;
  /** Words of the button that takes the typed text. */
  readonly action: string;
  readonly busy?: boolean;
  /** Is given the text, which is not kept here. */
  readonly onText: (text: string) => void;
}

/** Takes a code by the camera, where the browser can read one, or as pasted text. */
export function CodeReader({ label, action, busy = false, onText }: CodeReaderProps) {
  const { t } = useTranslation("scan");
  const id = useId();
  const [detector] = useState(qrDetector);
  const [scanning, setScanning] = useState(false);
  const [text, setText] = useState("");
  return (
    <div className="d-grid gap-4">
      {detector && scanning && (
        <Camera
          detector={detector}
          onClose={() => setScanning(false)}
          onText={(found) => {
            setScanning(false);
            onText(found);
          }}
        />
      )}
      {detector && !scanning && (
        <div className="ck-actions">
          <button type="button" className="btn btn-primary" disabled={busy} onClick={() => setScanning(true)}>
            <Icon name="qrCodeScan" /> {t("start")}
          </button>
        </div>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setText("");
          onText(text);
        }}
      >
        <label className="form-label" htmlFor={id}>
          {label}
        </label>
        <textarea
          id={id}
          className="form-control ck-mono"
          dir="ltr"
          rows={3}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <div className="form-text" id={`${id}-hint`}>
          {t(detector ? "scanOrPaste" : "onlyPaste")}
        </div>
        <button
          type="submit"
          className={`btn mt-3 ${detector ? "btn-plain" : "btn-primary"}`}
          disabled={busy || text.trim() === ""}
        >
          {action}
        </button>
      </form>
    </div>
  );
}

interface CameraProps {
  readonly detector: BarcodeDetector;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}

function Camera({ detector, onText, onClose }: CameraProps) {
  const { t } = useTranslation("scan");
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onText);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    found.current = onText;
  });
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const stop = new AbortController();
    scan(element, detector, stop.signal).then(
      (text) => {
        if (text !== null && !stop.signal.aborted) found.current(text);
      },
      () => setFailed(true),
    );
    return () => stop.abort();
  }, [detector]);
  if (failed)
    return (
      <Notice tone="warn" title={t("failed")} live="status">
        {t("failedText")}
      </Notice>
    );
  return (
    <div>
      <video ref={video} className="ck-camera" aria-label={t("picture")} playsInline muted />
      <div className="d-flex flex-wrap align-items-center gap-3 mt-2">
        <span className="ck-2" role="status">
          {t("looking")}
        </span>
        <button type="button" className="btn btn-quiet btn-sm" onClick={onClose}>
          {t("stop")}
        </button>
      </div>
    </div>
  );
}
