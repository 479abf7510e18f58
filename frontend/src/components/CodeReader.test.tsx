import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { CodeReader } from "./CodeReader.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A browser with a camera in which the detector sees `seen`. */
function withCamera(seen: string, allowed = true) {
  const stop = vi.fn();
  const stream = { getTracks: () => [{ stop }] };
  const getUserMedia = () => (allowed ? Promise.resolve(stream) : Promise.reject(new Error("not allowed")));
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { mediaDevices: { getUserMedia } }));
  vi.stubGlobal(
    "BarcodeDetector",
    class {
      detect = () => Promise.resolve(seen === "" ? [] : [{ rawValue: seen }]);
    },
  );
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  return stop;
}

function open() {
  const onText = vi.fn();
  render(<CodeReader label="Code" action="Open" onText={onText} />);
  return onText;
}

describe("CodeReader", () => {
  it("O07 gives pasted text on, and keeps it neither in the field nor in the page", () => {
    const onText = open();
    expect(screen.queryByRole("button", { name: /camera/ })).toBeNull();
    expect(screen.getByText(/This browser cannot scan/)).toBeDefined();
    fireEvent.change(screen.getByLabelText("Code"), { target: { value: "chartkey-rx:1:secret" } });
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(onText).toHaveBeenCalledWith("chartkey-rx:1:secret");
    expect(document.body.innerHTML).not.toContain("secret");
    expect(screen.getByLabelText<HTMLTextAreaElement>("Code").value).toBe("");
  });

  it("reads a code by the camera, and lets go of the camera", async () => {
    const stop = withCamera("chartkey-rx:1:seen");
    const onText = open();
    fireEvent.click(screen.getByRole("button", { name: /camera/ }));
    await waitFor(() => expect(onText).toHaveBeenCalledExactlyOnceWith("chartkey-rx:1:seen"));
    await waitFor(() => expect(stop).toHaveBeenCalledOnce());
  });

  it("lets go of the camera when it is closed before anything was seen", async () => {
    const stop = withCamera("");
    const onText = open();
    fireEvent.click(screen.getByRole("button", { name: /camera/ }));
    await screen.findByLabelText("Picture of the camera");
    fireEvent.click(screen.getByRole("button", { name: "Close the camera" }));
    await waitFor(() => expect(stop).toHaveBeenCalledOnce());
    expect(onText).not.toHaveBeenCalled();
  });

  it("says so when the camera is not allowed", async () => {
    withCamera("", false);
    open();
    fireEvent.click(screen.getByRole("button", { name: /camera/ }));
    await screen.findByText(/The camera cannot be used/);
  });
});
