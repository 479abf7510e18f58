import { messageOf } from "../errors.ts";
import { RPC_CODE, RpcError } from "./errors.ts";
import { isObject, type MethodTable, type Session } from "./params.ts";

/** Requests in one batch; viem sends at most 1,000. */
const MAX_BATCH = 1000;

interface Response {
  readonly jsonrpc: "2.0";
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: string };
}

/** Whoever sent a message. */
export interface Caller {
  /** Counts calls; gives the seconds to wait when they are too many now, otherwise 0. */
  readonly wait: (calls: number) => number;
  readonly session?: Session;
}

export interface Answer {
  /** JSON; undefined when the message holds notifications only. */
  readonly text: string | undefined;
  /** Seconds after which the message would be answered that was refused because it was one too many. */
  readonly retryAfter?: number;
}

/** Answers a JSON-RPC 2.0 message, single or batch. Requests of a batch run one after the other. */
export async function dispatch(methods: MethodTable, text: string, { wait, session }: Caller): Promise<Answer> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return refusal(new RpcError(RPC_CODE.parse, "the request is not valid JSON"));
  }
  const isBatch = Array.isArray(message);
  const requests: readonly unknown[] = isBatch ? (message as unknown[]) : [message];
  if (requests.length === 0 || requests.length > MAX_BATCH)
    return refusal(new RpcError(RPC_CODE.invalidRequest, `a batch must hold 1 to ${MAX_BATCH} requests`));
  const seconds = wait(requests.length);
  const responses: Response[] = [];
  for (const request of requests) {
    const response = seconds > 0 ? tooMany(request, seconds) : await answer(methods, request, session);
    if (response) responses.push(response);
  }
  return {
    text: responses.length > 0 ? JSON.stringify(isBatch ? responses : responses[0]) : undefined,
    ...(seconds > 0 ? { retryAfter: seconds } : {}),
  };
}

function refusal(error: RpcError): Answer {
  return { text: JSON.stringify(failure(null, error)) };
}

function tooMany(request: unknown, seconds: number): Response {
  const id = isObject(request) ? request["id"] : undefined;
  const message = `limit exceeded: too many calls; ask again in ${Math.ceil(seconds)} s`;
  return failure(id ?? null, new RpcError(RPC_CODE.limitExceeded, message));
}

async function answer(methods: MethodTable, request: unknown, session?: Session): Promise<Response | undefined> {
  if (!isObject(request) || typeof request["method"] !== "string") {
    return failure(null, new RpcError(RPC_CODE.invalidRequest, "a request needs a method"));
  }
  const { id, method, params = [] } = request;
  const response = await call(methods, method, id ?? null, params, session);
  return id === undefined ? undefined : response;
}

async function call(
  methods: MethodTable,
  name: string,
  id: unknown,
  params: unknown,
  session: Session | undefined,
): Promise<Response> {
  try {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) throw new RpcError(RPC_CODE.methodNotFound, `the method ${name} does not exist`);
    if (!Array.isArray(params)) throw new RpcError(RPC_CODE.invalidParams, "params must be a list");
    return { jsonrpc: "2.0", id, result: (await method(params, session)) ?? null };
  } catch (error) {
    return failure(id, error);
  }
}

function failure(id: unknown, error: unknown): Response {
  const known = error instanceof RpcError ? error : new RpcError(RPC_CODE.internal, messageOf(error));
  const { code, message, data } = known;
  return { jsonrpc: "2.0", id, error: { code, message, ...(data !== undefined && { data }) } };
}
