import { numberToHex } from "viem";
import { type HeaderFields, isSealed, sealDigest } from "../../sdk/src/verify/header.ts";

/** A header with the work of its difficulty, which is to be low. */
export function sealed(fields: HeaderFields): HeaderFields {
  for (let nonce = 0n; ; nonce++) {
    const tried = fields.with(14, numberToHex(nonce, { size: 8 }));
    const done = tried.with(13, sealDigest(tried));
    if (isSealed(done)) return done;
  }
}
