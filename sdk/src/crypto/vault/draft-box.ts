import { bytesToHex, type Hex } from "viem";
import type { VaultContext } from "./context.ts";
import { OwnBox } from "./own-box.ts";
import type { Vault } from "./secrets.ts";

/** Seals drafts of their author (docs/protocol.md, Outbox). */
export class DraftBox extends OwnBox {
  constructor(vault: Pick<Vault, "chartKey">, context: VaultContext) {
    super(vault, context, "outbox");
  }

  /** The name of a draft, 32 hex digits: the same for one payload, and nothing to whoever has no vault. */
  async nameOf(payload: Hex): Promise<string> {
    return bytesToHex(await this.derive(`outbox-name|${payload}`, 16)).slice(2);
  }
}
