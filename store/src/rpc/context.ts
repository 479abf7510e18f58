import type { IncomingMessage, ServerResponse } from "node:http";
import type { Passage } from "../passage.ts";
import type { Repo } from "../repo.ts";
import type { Settings } from "../settings.ts";
import type { Params } from "./params.ts";

/** All a command needs to answer one request. */
export interface RpcContext {
  readonly repo: Repo;
  readonly settings: Settings;
  readonly params: Params;
  readonly passage: Passage;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A command of the Kubo RPC API. Throws StoreError for what the caller should read. */
export type RpcCommand = (context: RpcContext) => Promise<void>;
