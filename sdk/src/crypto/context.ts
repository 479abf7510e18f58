import { type Bytes, utf8 } from "../bytes.ts";

/** What a ciphertext belongs to. Both sides know it; it is bound into every key and never stored. */
export interface PayloadContext {
  chainId: number;
  /** Address of RecordRegistry. */
  registry: string;
  patient: string;
  author: string;
  /** 1 to 9. */
  category: number;
}

/** The context's text, as docs/payload.md defines it. */
export function contextText({ chainId, registry, patient, author, category }: PayloadContext): string {
  return `chartkey/1|eip155:${chainId}|${[registry, patient, author].join("|").toLowerCase()}|${category}`;
}

export function contextBytes(context: PayloadContext): Bytes {
  return utf8(contextText(context));
}
