/** Part of the Barcode Detection API, which TypeScript does not describe. @see https://wicg.github.io/shape-detection-api/ */
export interface BarcodeDetector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

declare global {
  interface Window {
    readonly BarcodeDetector?: new (options: { formats: readonly string[] }) => BarcodeDetector;
  }
}

/** Finds QR codes; null where the browser cannot, or gives no camera to this page. */
export function qrDetector(): BarcodeDetector | null {
  const { BarcodeDetector } = window;
  return BarcodeDetector && "mediaDevices" in navigator ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
}
