import { describe, expect, it } from "vitest";
import { type Bytes, randomBytes } from "../../src/bytes.ts";
import { collect } from "../../src/chunks.ts";
import { sealPayload } from "../../src/crypto/payload.ts";
import { deploymentOn } from "../../src/chain/connection.ts";
import { referenceOf } from "../../src/storage/cid.ts";
import { partsOf, readCover } from "../../src/workflows/covers.ts";
import { type ReadSession, payloadContext } from "../../src/workflows/session.ts";

const PATIENT = "0x90f79bf6eb2c4f870365e785982e1f101e93b906";
const made = { patient: PATIENT, author: PATIENT, category: 7 } as const;
const [BLOCK, FILE] = [3000, 3 << 20];

/** A cover of `content`, made for a record that was anchored with `anchored`, from a store that gives it in parts. */
async function openCover(content: Bytes, anchored: Bytes) {
  const key = randomBytes(32);
  const store = {
    async *read() {
      for (let at = 0; at < sealed.length; at += 100_000) yield sealed.subarray(at, at + 100_000);
    },
  };
  const session = { chain: { id: 20265, deployment: deploymentOn(20265) }, store } as unknown as ReadSession;
  const context = payloadContext(session, made.patient, made.author, made.category);
  const sealed = await sealPayload(key, context, { contentType: "application/vnd.chartkey.sealed" }, content);
  const cover = { reference: await referenceOf(sealed), key };
  return collect(partsOf(await readCover(session, made, cover, await referenceOf(anchored))));
}

describe("a record that was sealed again", () => {
  it.each([BLOCK, FILE])("is what was anchored, of %i bytes", async (size) => {
    const content = randomBytes(size);
    expect(Buffer.from(await openCover(content, content)).equals(content)).toBe(true);
  });

  it.each([
    ["another block", BLOCK, BLOCK],
    ["another file", FILE, FILE],
    ["a block in place of a file", BLOCK, FILE],
  ])("O08 is refused when the cover holds %s", async (_, covered, anchored) => {
    const opening = openCover(randomBytes(covered), randomBytes(anchored));
    await expect(opening).rejects.toMatchObject({ code: "COVER_MALFORMED" });
  });

  it("O11 is refused before it is held when the cover holds more than the block that was anchored", async () => {
    const opening = openCover(randomBytes(FILE), randomBytes(BLOCK));
    await expect(opening).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  });
});
