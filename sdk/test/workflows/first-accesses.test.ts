import { type Server, createServer } from "node:http";
import { createHash } from "node:crypto";
import type { Address } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { randomBytes, toBase64Url } from "../../src/bytes.ts";
import { referenceOf, toCid } from "../../src/storage/cid.ts";
import { contentStores } from "../../src/storage/replicated-store.ts";
import { type FileScope, categoryFile, chartFile, letterTo } from "../../src/storage/scope.ts";
import type { StoreCertificate } from "../../src/storage/session-key.ts";
import { StoreSession } from "../../src/storage/store-session.ts";
import { readFirstAccesses } from "../../src/workflows/first-accesses.ts";
import type { Session } from "../../src/workflows/session.ts";
import { sessionMessage } from "../../src/workflows/store-session.ts";

const CHAIN_ID = 31337;
const MINUTE = 60_000;
const BEGIN = Date.parse("2027-01-31T08:00:00Z");
const SINCE = "2027-01-01";
const [NOTES, RESULTS] = [2, 7];

const getCode = vi.fn(() => Promise.resolve(undefined));

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: BEGIN }));
afterEach(() => {
  vi.useRealTimers();
  getCode.mockClear();
});

const cidOf = async () => toCid(await referenceOf(randomBytes(32))).toString();

type Receipt = Record<string, unknown> & { certificate: StoreCertificate };

/** Somebody whose wallet signs for what he fetches. */
class Reader {
  readonly #account = privateKeyToAccount(generatePrivateKey());
  readonly address: Address = this.#account.address;
  #certificate: StoreCertificate | undefined;
  readonly #session = new StoreSession(async (key) => {
    const unsigned = {
      ...{ address: this.address, chainId: CHAIN_ID, domain: "chart.example", uri: "https://chart.example" },
      ...{ nonce: "abcdefgh", key: toBase64Url(key), issuedAt: new Date(BEGIN).toISOString() },
      expirationTime: new Date(BEGIN + 480 * MINUTE).toISOString(),
    };
    const signature = await this.#account.signMessage({ message: sessionMessage(unsigned) });
    return (this.#certificate = { ...unsigned, signature });
  });

  /** The receipt of a delivery so many minutes after the beginning, as the store files it. */
  async fetches(minute: number, scope: FileScope, cid?: string): Promise<Receipt> {
    const time = BEGIN + minute * MINUTE;
    vi.setSystemTime(time);
    const signed = await this.#session.signRequest("delivery", "https://s.example", cid ?? (await cidOf()), scope);
    const [request, signature] = signed.split(".");
    if (!this.#certificate) throw new Error("nothing was signed");
    const { kind } = scope;
    const categories = kind === "chart" ? scope.categories : 0;
    const what = { act: "delivery", reader: this.address, kind, categories, time };
    return { ...what, request, signature, certificate: this.#certificate };
  }
}

/** What a store says that was told of no wallet: another's text under each certificate. */
const invented = (receipt: Receipt, number: number, minute: number): Receipt => ({
  ...receipt,
  time: Number(receipt["time"]) + (minute * MINUTE) / 1000,
  certificate: { ...receipt.certificate, nonce: `invented${number}` },
});

/** A store that lists this, whatever it is asked for; with what it was asked. */
async function storeTelling(
  receipts: readonly Receipt[],
  ...more: object[]
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const lines = receipts.flatMap(({ certificate, ...receipt }) => {
    const id = createHash("sha256").update(certificate.signature).digest("base64url");
    return [{ certificate }, { receipt: { ...receipt, certificate: id } }];
  });
  const server: Server = createServer((request, response) => {
    asked.push(String(request.url));
    if (request.method === "POST") response.writeHead(404).end();
    else response.end([...lines, ...more].map((line) => `${JSON.stringify(line)}\n`).join(""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

const patient = new Reader();
const heir = new Reader();
const [doctor, sharee] = [new Reader(), new Reader()];
const results = categoryFile(patient.address, RESULTS);

/** What the patient is told by these stores, or by who succeeded to him. */
function told(urls: readonly [string, ...string[]], wallet = patient) {
  const session = {
    chain: { id: CHAIN_ID, client: { getCode } },
    store: contentStores([...urls]),
    wallet: { account: { address: wallet.address } },
    account: patient.address,
  };
  return readFirstAccesses(session as unknown as Session, SINCE);
}

const seconds = (minute: number) => (BEGIN + minute * MINUTE) / 1000;

it("tells of each other reader once, by the first of what he was handed; one check each, and none of the patient's own", async () => {
  const cid = await cidOf();
  const { url, asked } = await storeTelling([
    await doctor.fetches(9, results),
    await doctor.fetches(5, results, cid),
    await doctor.fetches(7, categoryFile(patient.address, NOTES)),
    await doctor.fetches(8, results, cid),
    await doctor.fetches(8, chartFile(patient.address, 0x3fe)),
    await patient.fetches(1, results),
    await heir.fetches(2, results),
    await sharee.fetches(6, results),
  ]);
  const verify = vi.spyOn(crypto.subtle, "verify");
  const { accesses, silent, bounded } = await told([url], heir);
  expect(accesses).toEqual([
    { reader: sharee.address, time: seconds(6), proven: true, files: 1, more: false, categories: [RESULTS] },
    { reader: doctor.address, time: seconds(5), proven: true, files: 4, more: false, categories: [NOTES, RESULTS] },
  ]);
  expect([silent, bounded]).toEqual([[], false]);
  expect(verify).toHaveBeenCalledTimes(2);
  expect(getCode).toHaveBeenCalledTimes(2);
  expect(asked.at(-1)).toBe(`/receipts?patient=${patient.address}&since=${SINCE}&first=64`);
});

it("counts no letter and no removal", async () => {
  const removal = { ...(await doctor.fetches(1, results)), act: "removal" };
  const { url } = await storeTelling([removal, await doctor.fetches(2, letterTo(patient.address))]);
  expect((await told([url])).accesses).toEqual([]);
});

it("takes the first that is proven; what stores alone say is told last, and as that", async () => {
  const signed = await doctor.fetches(5, results);
  const never = await sharee.fetches(9, results);
  const { url } = await storeTelling([invented(signed, 1, -1), signed, invented(never, 2, 0)]);
  const { accesses } = await told([url]);
  expect(accesses.map(({ reader, time, proven, told }) => ({ reader, time, proven, told }))).toEqual([
    { reader: doctor.address, time: seconds(5), proven: true, told: seconds(5) - 1 },
    { reader: sharee.address, time: seconds(9), proven: false, told: undefined },
  ]);
});

it("tells of the files, and since when, that nobody owned up to before one that is proven", async () => {
  const elsewhere = categoryFile(patient.address, NOTES);
  const [before, signed] = [await doctor.fetches(2, elsewhere), await doctor.fetches(5, results)];
  const { url } = await storeTelling([{ ...before, categories: 1 << RESULTS }, signed]);
  expect((await told([url])).accesses).toEqual([
    {
      ...{ reader: doctor.address, time: seconds(5), proven: true, told: seconds(2) },
      ...{ files: 2, more: false, categories: [RESULTS] },
    },
  ]);
});

it("says that a store has more than was looked at", async () => {
  const signed = await doctor.fetches(5, results);
  const { url } = await storeTelling([signed], { next: "2027-01-31.9" });
  const { accesses, silent, bounded } = await told([url]);
  expect(accesses).toMatchObject([{ reader: doctor.address, proven: true }]);
  expect([silent, bounded]).toEqual([
    [{ store: url, cause: expect.objectContaining({ code: "STORE_TOO_LARGE" }) }],
    true,
  ]);
});

it("hears every store, and names the one that does not answer", async () => {
  const one = await storeTelling([await doctor.fetches(8, results)]);
  const other = await storeTelling([await doctor.fetches(3, results)]);
  const gone = "http://127.0.0.1:9";
  const { accesses, silent } = await told([one.url, gone, other.url]);
  expect(accesses).toMatchObject([{ reader: doctor.address, time: seconds(3), files: 2 }]);
  expect(silent).toMatchObject([{ store: gone, cause: { code: "STORE_UNREACHABLE" } }]);
});

it("is kept by a store's inventions from no proof of another store, and says that it looked at a part", async () => {
  const signed = await doctor.fetches(300, results);
  const inventions = Array.from({ length: 300 }, (_, number) => invented(signed, number, -1 - number));
  const hostile = await storeTelling(inventions);
  const honest = await storeTelling([signed]);
  const { accesses, bounded } = await told([hostile.url, honest.url]);
  expect(accesses).toMatchObject([{ reader: doctor.address, time: seconds(300), proven: true }]);
  expect(bounded).toBe(true);
  expect(getCode).toHaveBeenCalledTimes(9);
});

it("checks and tells a bounded number of readers, those that are proven before", async () => {
  const signed = await doctor.fetches(300, results);
  const strangers = Array.from({ length: 300 }, (_, number) => ({
    ...invented(signed, number, number),
    reader: privateKeyToAccount(generatePrivateKey()).address,
  })).map(({ certificate, ...receipt }) => ({
    ...receipt,
    certificate: { ...certificate, address: receipt.reader },
  }));
  const hostile = await storeTelling(strangers);
  const honest = await storeTelling([signed]);
  const { accesses, bounded } = await told([hostile.url, honest.url]);
  expect(accesses).toHaveLength(100);
  expect(accesses[0]).toMatchObject({ reader: doctor.address, proven: true });
  expect(bounded).toBe(true);
  expect(getCode).toHaveBeenCalledTimes(257);
});

it("counts the files of the first 64 deliveries of a store that lists more, and says that there may be more", async () => {
  const receipts: Receipt[] = [];
  for (let minute = 0; minute < 70; minute++) receipts.push(await doctor.fetches(minute, results));
  const { url } = await storeTelling(receipts);
  expect((await told([url])).accesses).toMatchObject([{ files: 64, more: true, time: seconds(0) }]);
});
