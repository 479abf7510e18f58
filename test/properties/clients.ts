import type { Property } from "./property.ts";

/** What keys, payloads, stores and programs must always hold to. */
export const CLIENT_PROPERTIES: readonly Property[] = [
  {
    id: "O01",
    layers: [],
    statement:
      "Chain, contract, patient, author, category, epoch and version are bound: changing any fails decryption.",
  },
  { id: "O02", layers: [], statement: "Any flipped, cut, swapped or added byte fails." },
  { id: "O03", layers: [], statement: "Fresh key and nonce per record." },
  { id: "O04", layers: [], statement: "Opened private keys are non-extractable." },
  { id: "O05", layers: [], statement: "Low-order public keys are refused." },
  { id: "O06", layers: [], statement: "A wrap for A cannot be used as B's." },
  {
    id: "O07",
    layers: [],
    statement:
      "No plaintext, key or code in local/session storage, URL (a share link's fragment excepted, removed before any request), console, error text, caches (scanned after the browser tests).",
  },
  {
    id: "O08",
    layers: [],
    statement:
      "Bytes are checked against the anchored digest before decrypting or parsing; a mismatch shows an error and tries another store; nothing is shown in part.",
  },
  { id: "O09", layers: [], statement: "A substituted CID is detected." },
  { id: "O10", layers: [], statement: "Bodies are capped while streaming; no redirects; timeouts." },
  { id: "O11", layers: [], statement: "Decompression is capped." },
  {
    id: "O12",
    layers: [],
    statement: "JSON depth, `__proto__` keys, duplicate keys and numbers beyond 2^53 are refused before use.",
  },
  {
    id: "O13",
    layers: ["U", "E"],
    statement:
      "Decrypted content is text or sanitised; PDF, SVG and images cannot run script; strict Content-Security-Policy.",
  },
  {
    id: "O14",
    layers: ["U", "E"],
    statement: "A lying RPC (wrong chain, fake receipt, stale block) is noticed; addresses come from the build.",
  },
  {
    id: "O15",
    layers: [],
    statement: "Account or chain switch drops keys, caches and pending prompts; nothing of A is visible under B.",
  },
  { id: "O16", layers: [], statement: "Idle lock." },
  {
    id: "O17",
    layers: ["U"],
    statement:
      "Every signature prompt shows names, scope and expiry in clear; the key-unlock message authorises nothing else.",
  },
  { id: "O18", layers: [], statement: "Stored but not anchored: the draft is kept, retry is safe, orphans are swept." },
  { id: "O19", layers: [], statement: "Anchored but missing in the store: said, and repaired from another." },
  { id: "O20", layers: [], statement: "A replaced transaction ends in the true state, never in two anchors." },
  { id: "O21", layers: [], statement: "A dropped transaction ends in the true state, and its draft is kept." },
  { id: "O22", layers: [], statement: "A reorganised transaction ends in the true state, never in two anchors." },
  { id: "O23", layers: ["E"], statement: "The index is idempotent; rebuilt from the first block equals live." },
  {
    id: "O24",
    layers: [],
    statement:
      "A reader whose grant was revoked, expired or suspended receives no key of anything written later, even if the patient was offline meanwhile.",
  },
  { id: "O25", layers: [], statement: "A sponsor can submit or withhold, never alter, and withholding is visible." },
  {
    id: "O26",
    layers: [],
    statement: "A keyring or vault rolled back, lost or forked by a store is noticed and rebuilt.",
  },
  {
    id: "O27",
    layers: [],
    statement: "Lockfile with integrity, no install scripts from dependencies, reproducible build.",
  },
  {
    id: "O28",
    layers: [],
    statement:
      "An emergency set is opened by whoever holds the patient's card, and by nobody else: the store hands it to that card alone. Without a set an emergency access opens nothing.",
  },
  {
    id: "O29",
    layers: [],
    statement:
      "A card that was renewed or withdrawn opens nothing, whatever a store has kept; a set that is not the one in force, or that the patient's wallet did not sign, is not shown.",
  },
  {
    id: "O30",
    layers: [],
    statement:
      "A set that the patient sealed to a hospital is handed to a doctor by a keeper of the hospital's emergency key, while that doctor's emergency access is open, and to nobody else.",
  },
];
