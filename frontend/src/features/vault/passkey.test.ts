import { randomBytes, toBase64Url } from "@chartkey/sdk";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { askPasskey, createPasskey } from "./passkey.ts";

const [id, output, salt] = [randomBytes(20), randomBytes(32), randomBytes(32)];
const [create, get] = [vi.fn(), vi.fn()];

class FakeCredential {
  readonly id = toBase64Url(id);
  readonly rawId = id.buffer;
  readonly #prf: unknown;
  constructor(prf: unknown) {
    this.#prf = prf;
  }
  getClientExtensionResults() {
    return { prf: this.#prf };
  }
}

const results = { first: output.buffer };
const error = (code: string) => expect.objectContaining({ code }) as unknown;

beforeEach(() => {
  vi.stubGlobal("PublicKeyCredential", FakeCredential);
  vi.stubGlobal("navigator", { credentials: { create, get } });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

it("makes a passkey that verifies the person, and gives its output for a random salt", async () => {
  create.mockResolvedValue(new FakeCredential({ enabled: true, results }));
  const made = await createPasskey("0xAb12", [{ credential: id, salt }]);
  expect(made).toMatchObject({ type: "passkey", credential: id, output });
  const { publicKey } = create.mock.calls[0]![0] as { publicKey: PublicKeyCredentialCreationOptions };
  expect(publicKey.extensions?.prf).toEqual({ eval: { first: made.salt } });
  expect(publicKey.authenticatorSelection?.userVerification).toBe("required");
  expect(publicKey.excludeCredentials).toEqual([{ type: "public-key", id }]);
  expect(get).not.toHaveBeenCalled();
});

it("asks once more when a passkey gives its output only then, with the same salt", async () => {
  create.mockResolvedValue(new FakeCredential({ enabled: true }));
  get.mockResolvedValue(new FakeCredential({ results: { first: output } }));
  const made = await createPasskey("0xAb12", []);
  expect(made.output).toEqual(output);
  const { publicKey } = get.mock.calls[0]![0] as { publicKey: PublicKeyCredentialRequestOptions };
  expect(publicKey.extensions?.prf).toEqual({ evalByCredential: { [toBase64Url(id)]: { first: made.salt } } });
});

it("refuses a passkey without the extension, and tells declining from it", async () => {
  create.mockResolvedValue(new FakeCredential({ enabled: false }));
  await expect(createPasskey("0xAb12", [])).rejects.toEqual(error("PASSKEY_UNSUPPORTED"));
  get.mockResolvedValue(new FakeCredential(undefined));
  await expect(askPasskey([{ credential: id, salt }])).rejects.toEqual(error("PASSKEY_UNSUPPORTED"));
  get.mockRejectedValue(new DOMException("no", "NotAllowedError"));
  await expect(askPasskey([{ credential: id, salt }])).rejects.toEqual(error("PASSKEY_DECLINED"));
  get.mockRejectedValue(new DOMException("an address is no domain", "SecurityError"));
  await expect(askPasskey([{ credential: id, salt }])).rejects.toEqual(error("PASSKEY_UNSUPPORTED"));
});
