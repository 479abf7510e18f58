import type { Delivery } from "@chartkey/sdk";
import { expect, it } from "vitest";
import { firstDeliveries } from "./firstDeliveries.ts";

const delivery = (reader: Delivery["reader"], time: number, changed: Partial<Delivery> = {}): Delivery => ({
  ...{ act: "delivery", store: "https://a.example", reader, time, categories: [7], file: "content", proven: true },
  ...{ anchoring: { state: "waiting" }, ...changed },
});

it("finds the oldest file of the chart that each reader signed for", () => {
  const [first, other] = [delivery("0xA", 2), delivery("0xB", 3, { proven: false })];
  const list = [
    ...[delivery("0xA", 9), delivery("0xB", 8, { proven: false }), delivery("0xA", 5), other, first],
    ...[delivery("0xA", 1, { proven: false }), delivery("0xA", 1, { categories: [] })],
    delivery("0xB", 1, { act: "removal" }),
  ];
  expect(firstDeliveries(list)).toEqual(new Set([first, other]));
});
