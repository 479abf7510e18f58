import type { BarcodeDetector } from "./detector.ts";

/** Milliseconds between two looks. */
const INTERVAL = 200;

/**
 * Shows the camera in `video` until a QR code is seen or `signal` aborts; the camera is let go of in either case.
 * Resolves to the code's text, or null after an abort. Throws the browser's error when there is no camera or it is not allowed.
 */
export async function scan(
  video: HTMLVideoElement,
  detector: BarcodeDetector,
  signal: AbortSignal,
): Promise<string | null> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  try {
    if (signal.aborted) return null;
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      // Fails while the video has no picture yet.
      const [found] = await detector.detect(video).catch(() => []);
      if (found && found.rawValue !== "") return found.rawValue;
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
