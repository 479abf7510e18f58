import {
  MAX_CARD_KEYS,
  ChartkeyError,
  checkHealthCard,
  readHealthCardKeys,
  requestHealthCardKeys,
  type HealthCard,
  type HealthCardCheck,
  type HealthCardKeys,
} from "@chartkey/sdk";
import { useState } from "react";

/** Where keys come from: asked of the issuer itself, or a file that was chosen. */
export type KeySource = { readonly kind: "issuer" } | { readonly kind: "file" | "list"; readonly name: string };

/** What the cards of one issuer were held against, and what came of each, by its JWS. */
export interface IssuerCheck {
  readonly source: KeySource;
  readonly checks: ReadonlyMap<string, HealthCardCheck>;
}

async function keysOfFile(file: File, issuer: string): Promise<HealthCardKeys> {
  if (file.size > MAX_CARD_KEYS) throw new ChartkeyError("HEALTH_CARD_KEYS_MALFORMED", "The file is too large.");
  return readHealthCardKeys(new Uint8Array(await file.arrayBuffer()), issuer);
}

/** Holds cards against keys, issuer by issuer, and only when somebody gives them: asking for keys tells the issuer that somebody looks. */
export function useCardChecks(cards: readonly HealthCard[]) {
  const [byIssuer, setByIssuer] = useState<ReadonlyMap<string, IssuerCheck>>(new Map());
  /** With the issuer's file or a list of issuers, or without a file by asking the issuer. */
  async function check(issuer: string, file?: File): Promise<void> {
    const keys = await (file === undefined ? requestHealthCardKeys(issuer) : keysOfFile(file, issuer));
    const checks = new Map<string, HealthCardCheck>();
    for (const card of cards) if (card.issuer === issuer) checks.set(card.jws, await checkHealthCard(card, keys));
    const source: KeySource =
      file === undefined ? { kind: "issuer" } : { kind: keys.namesIssuers ? "list" : "file", name: file.name };
    setByIssuer((before) => new Map(before).set(issuer, { source, checks }));
  }
  return { byIssuer, check };
}
