import { showOrder, type Order } from "@chartkey/sdk";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../components/CopyButton.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { QrCode } from "../../components/QrCode.tsx";
import { useUnlockedSession } from "../../lib/session/session.ts";

/** Milliseconds after which the code goes away by itself. */
export const SHOWN_FOR = 5 * 60_000;

/** Keeps the screen on while the code is scanned, where the browser can. */
function useAwakeScreen(): void {
  useEffect(() => {
    if (!("wakeLock" in navigator)) return;
    const lock = navigator.wakeLock.request("screen").catch(() => null);
    return () => void lock.then((held) => held?.release());
  }, []);
}

interface PharmacyCodeDialogProps {
  readonly order: Order;
  readonly onClose: () => void;
}

/** The private code of a prescription, large and dark on white in every theme. It is in memory while this is open, and nowhere else. */
export function PharmacyCodeDialog({ order, onClose }: PharmacyCodeDialogProps) {
  const { t } = useTranslation("prescriptions");
  const session = useUnlockedSession();
  const [code, setCode] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const close = useRef(onClose);
  useAwakeScreen();
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const timer = setTimeout(() => close.current(), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!session) return;
    let gone = false;
    showOrder(session, order.patient, order.id).then(
      (text) => !gone && setCode(text),
      (failure: unknown) => !gone && setError(failure),
    );
    return () => {
      gone = true;
      setCode(null);
    };
  }, [session, order.patient, order.id]);
  return (
    <Dialog title={t("code.title")} onClose={onClose}>
      {error !== null && <ErrorNotice error={error} />}
      {code === null && error === null && <Loading />}
      {code !== null && (
        <div className="d-grid gap-4 justify-items-center">
          <div className="ck-show">
            <QrCode value={code} label={t("code.label")} className="ck-qr is-xl" />
          </div>
          <Notice tone="warn" title={t("code.secret")}>
            {t("code.secretText")}
          </Notice>
          <p className="ck-s ck-2 mb-0">
            {t("code.noCamera")}{" "}
            <span className="ck-addr">
              <CopyButton value={code} label={t("code.label")} />
            </span>
          </p>
        </div>
      )}
    </Dialog>
  );
}
