import { randomBytes, utf8 } from "../../sdk/src/bytes.ts";
import { hkdf } from "../../sdk/src/crypto/aead.ts";
import { openPayload, sealPayload } from "../../sdk/src/crypto/payload.ts";
import { median } from "./figures.ts";
import { type Benchmark, timed } from "./measure.ts";
import { context } from "./stream-speeds.ts";

const ROUNDS = 7;
const RECORDS = 1000;
const PARALLEL = 8;
const meta = { contentType: "application/fhir+json", fullUrl: "urn:uuid:3f0d2a8e-6b1c-4b7e-9a55-0c5c3f1f2d10" };
const key = randomBytes(32);

/** FHIR JSON of about 4 kB with as much that does not repeat as a panel of laboratory results has. */
const record = utf8(
  JSON.stringify({
    resourceType: "Bundle",
    entry: Array.from({ length: 18 }, () => ({
      resourceType: "Observation",
      id: crypto.randomUUID(),
      status: "final",
      code: { coding: [{ system: "http://loinc.org", code: `${crypto.getRandomValues(new Uint16Array(1))}-4` }] },
      valueQuantity: { value: Math.round(Math.random() * 1000) / 10, unit: "mmol/L" },
    })),
  }),
);

/** The calls to WebCrypto that sealing and opening cannot do without. */
async function rawWebCrypto(): Promise<void> {
  const [salt, info, additionalData] = [randomBytes(32), randomBytes(170), randomBytes(256)];
  const params = { name: "AES-GCM", iv: randomBytes(12), additionalData };
  const derived = async () => {
    const bits = (await hkdf(key, salt, info, 64)).subarray(0, 32);
    return crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]);
  };
  const sealed = await crypto.subtle.encrypt(params, await derived(), record.subarray(0, 1500));
  await crypto.subtle.decrypt(params, await derived(), sealed);
}

async function sealAndOpen(): Promise<void> {
  await openPayload(key, context, await sealPayload(key, context, meta, record));
}

async function perCpuSecond(work: () => Promise<void>): Promise<number> {
  const queue = Array.from({ length: RECORDS }, (_, index) => index).values();
  const lane = async () => {
    while (queue.next().done !== true) await work();
  };
  const { cpu } = await timed(async () => {
    await Promise.all(Array.from({ length: PARALLEL }, lane));
  });
  return RECORDS / cpu;
}

export const payloadRecords: Benchmark = {
  name: "payload-records",
  async run() {
    const [ours, raw]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      raw.push(await perCpuSecond(rawWebCrypto));
      ours.push(await perCpuSecond(sealAndOpen));
    }
    const unit = "per CPU second";
    return [
      { name: "raw WebCrypto calls of a record", value: median(raw), unit },
      { name: `seal and open a record of ${record.length} bytes`, value: median(ours), unit, goal: { atLeast: 1500 } },
    ];
  },
};
