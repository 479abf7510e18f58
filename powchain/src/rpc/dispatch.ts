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

/**
 * Answers a JSON-RPC 2.0 message, single or batch. Requests of a batch run one after the other.
 *
 * @returns the JSON text of the answer; undefined when the message holds notifications only
 */
export async function dispatch(methods: MethodTable, text: string, session?: Session): Promise<string | undefined> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return JSON.stringify(failure(null, new RpcError(RPC_CODE.parse, "the request is not valid JSON")));
  }
  if (!Array.isArray(message)) {
    const response = await answer(methods, message, session);
    return response && JSON.stringify(response);
  }
  if (message.length === 0 || message.length > MAX_BATCH) {
    const error = new RpcError(RPC_CODE.invalidRequest, `a batch must hold 1 to ${MAX_BATCH} requests`);
    return JSON.stringify(failure(null, error));
  }
  const responses: Response[] = [];
  for (const request of message) {
    const response = await answer(methods, request, session);
    if (response) responses.push(response);
  }
  return responses.length > 0 ? JSON.stringify(responses) : undefined;
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
