import type { IncomingMessage, ServerResponse } from "node:http";
import type { Repo } from "../repo.ts";
import type { Settings } from "../settings.ts";
import type { Gate } from "./gate.ts";

export interface Exchange {
  readonly gate: Gate;
  readonly repo: Repo;
  readonly settings: Settings;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** What answers one path of the gate. */
export type Page = (exchange: Exchange) => Promise<void>;
