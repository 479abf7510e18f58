import { LINK_PASSCODE } from "@chartkey/sdk";

/** How hard a passcode is to find for somebody who has the link and ten tries. */
export type Strength = "none" | "short" | "guessable" | "fair" | "good";

/** Whether each character follows on the one before, or is the same: 111111, 123456, 654321. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0)!);
  const steps = new Set(codes.slice(1).map((code, place) => code - codes[place]!));
  return steps.size === 1 && Math.abs([...steps][0]!) <= 1;
}

export function strengthOf(typed: string): Strength {
  const passcode = typed.trim();
  if (passcode === "") return "none";
  if (passcode.length < LINK_PASSCODE.min) return "short";
  if (isRun(passcode) || new Set(passcode).size < 4 || /^(19|20)\d{6}$|^\d{4}(19|20)\d\d$/.test(passcode))
    return "guessable";
  return /^\d{1,9}$/.test(passcode) ? "fair" : "good";
}

/** Digits that nobody has to write down to say: 10^-7 for ten tries. */
export function newPasscode(): string {
  const words = crypto.getRandomValues(new Uint32Array(8));
  const passcode = [...words].map((word) => word % 10).join("");
  return strengthOf(passcode) === "guessable" ? newPasscode() : passcode;
}
