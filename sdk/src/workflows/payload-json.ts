import { ChartkeyError } from "../errors.ts";
import { parseJson } from "../records/json.ts";

/** JSON of a decrypted FHIR payload, parsed within limits. Throws `PAYLOAD_MALFORMED`. */
export function payloadJson(data: Uint8Array): unknown {
  const { value, issues } = parseJson(data);
  const [issue] = issues;
  if (issue !== undefined)
    throw new ChartkeyError("PAYLOAD_MALFORMED", `This record's content is not usable: ${issue.reason}`);
  return value;
}
