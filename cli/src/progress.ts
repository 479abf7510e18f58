import type { OnPhase, Phase } from "@chartkey/sdk";
import type { Io } from "./io.ts";

const WORDS: Readonly<Record<Phase, string>> = {
  checking: "Checking",
  encrypting: "Encrypting",
  uploading: "Uploading",
  confirming: "Signing",
  mining: "Waiting for the block",
  done: "Done",
};

/** Shows on a terminal what an action does now; silent elsewhere. */
export function phases({ isTerminal, stderr }: Io): OnPhase {
  return (phase) => {
    if (isTerminal) stderr(phase === "done" ? "\r\u001b[K" : `\r\u001b[K${WORDS[phase]}...`);
  };
}

/** The same for a number of things; an empty text clears the line. */
export function progressLine({ isTerminal, stderr }: Io): (text: string) => void {
  return (text) => {
    if (isTerminal) stderr(`\r\u001b[K${text}`);
  };
}
