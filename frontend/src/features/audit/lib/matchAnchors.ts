import type { Anchor, ContentReference } from "@chartkey/sdk";
import type { Hex } from "viem";

/** What is looked for: a digest, and the codec when it is known (a bare digest does not tell it). */
export interface Wanted {
  readonly digest: Hex;
  readonly codec: ContentReference["codec"] | null;
}

/** An event that names the digest. */
export interface Match {
  readonly anchor: Anchor;
  /** Whether the bytes are the whole file that was anchored, or only the first block of a larger one (its list of parts). */
  readonly part: "whole" | "root";
}

/** The events that name exactly these bytes, in the order of the chain. */
export function matchAnchors(anchors: readonly Anchor[], { digest, codec }: Wanted): Match[] {
  return anchors
    .filter((anchor) => anchor.digest.toLowerCase() === digest.toLowerCase())
    .map((anchor): Match => ({ anchor, part: codec === null || codec === anchor.codec ? "whole" : "root" }))
    .filter(({ anchor, part }) => part === "whole" || anchor.codec === 1);
}

/** The references that a search may mean: both kinds of file when only a digest is known. */
export function referencesOf({ digest, codec }: Wanted): ContentReference[] {
  return codec === null ? [0 as const, 1 as const].map((each) => ({ codec: each, digest })) : [{ codec, digest }];
}
