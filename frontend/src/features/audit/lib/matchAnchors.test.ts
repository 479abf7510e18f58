import type { Anchor } from "@chartkey/sdk";
import { describe, expect, it } from "vitest";
import { matchAnchors, referencesOf } from "./matchAnchors.ts";

const digest = `0x${"ab".repeat(32)}` as const;
const other = `0x${"cd".repeat(32)}` as const;

function anchor(kind: Anchor["kind"], of: Anchor["digest"], codec: 0 | 1 = 0): Anchor {
  const nowhere = { account: undefined, hospital: undefined, recordId: undefined, transactionHash: other } as const;
  return { kind, digest: of, codec, blockNumber: 1n, logIndex: 0, ...nowhere };
}

const kinds = (...[anchors, wanted]: Parameters<typeof matchAnchors>) =>
  matchAnchors(anchors, wanted).map(({ anchor: { kind }, part }) => `${kind}/${part}`);

describe("matchAnchors", () => {
  const anchors = [anchor("payload", digest), anchor("wraps", other), anchor("keyring", digest)];

  it("finds every event that names the digest, and no other", () => {
    expect(kinds(anchors, { digest, codec: 0 })).toEqual(["payload/whole", "keyring/whole"]);
    expect(kinds(anchors, { digest: `0x${"ef".repeat(32)}`, codec: 0 })).toEqual([]);
  });

  it("does not mind the case of hex", () => {
    expect(kinds(anchors, { digest: `0x${"AB".repeat(32)}`, codec: null })).toHaveLength(2);
  });

  it("tells a large file from the bytes of its root block", () => {
    const large = [anchor("payload", digest, 1)];
    expect(kinds(large, { digest, codec: 1 })).toEqual(["payload/whole"]);
    expect(kinds(large, { digest, codec: 0 })).toEqual(["payload/root"]);
    expect(kinds(large, { digest, codec: null })).toEqual(["payload/whole"]);
  });

  it("does not take a large file for a small one with the digest of its root", () => {
    expect(kinds(anchors, { digest, codec: 1 })).toEqual([]);
  });
});

describe("referencesOf", () => {
  it("means both kinds of file when only the digest is known", () => {
    expect(referencesOf({ digest, codec: null }).map(({ codec }) => codec)).toEqual([0, 1]);
    expect(referencesOf({ digest, codec: 1 })).toEqual([{ digest, codec: 1 }]);
  });
});
