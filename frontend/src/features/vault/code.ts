/** A group of a recovery code as people type it: any case, O for 0, I and L for 1 (Crockford base32). */
export function normalizeGroup(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}

/** Whether the typed text is the last group of the code. */
export function isLastGroup(code: string, typed: string): boolean {
  return normalizeGroup(typed) === code.split("-").at(-1);
}
