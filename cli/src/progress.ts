import { type OnPhase, Pace, type Phase } from "@chartkey/sdk";
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

/** Seconds as `1:05` or `2:03:04`. */
function timeOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(":");
}

/** Shows how much of something is done, how fast, and how long it still takes. */
export function paceLine(io: Io, verb: string, format: (count: number) => string = (count) => `${Math.round(count)}`) {
  const line = progressLine(io);
  const pace = new Pace();
  return {
    show: (done: number, total: number) => {
      const { rate, secondsLeft } = pace.at(done, total);
      const speed = rate === undefined ? "" : `, ${format(rate)} a second, ${timeOf(secondsLeft ?? 0)} left`;
      line(`${verb} ${format(done)} of ${format(total)}${speed}`);
    },
    clear: () => line(""),
  };
}
