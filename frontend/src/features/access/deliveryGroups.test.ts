import type { Delivery } from "@chartkey/sdk";
import { expect, it } from "vitest";
import { groupDeliveries } from "./deliveryGroups.ts";

const delivery = (reader: Delivery["reader"], time: number, changed: Partial<Delivery> = {}): Delivery => ({
  ...{ act: "delivery", store: "https://a.example", reader, time, categories: [7], file: "content", proven: true },
  ...{ anchoring: { state: "waiting" }, ...changed },
});

it("makes one line of what one reader was handed by one store in one minute", () => {
  const list = [delivery("0xA", 125), delivery("0xB", 124), delivery("0xA", 121)];
  expect(groupDeliveries(list).map(({ deliveries }) => deliveries)).toEqual([[list[0], list[2]], [list[1]]]);
});

it("keeps apart what differs in its minute, store, act, or in what is known of its receipt", () => {
  const list = [
    ...[delivery("0xA", 121), delivery("0xA", 119), delivery("0xA", 121, { store: "https://b.example" })],
    ...[delivery("0xA", 121, { act: "removal" }), delivery("0xA", 121, { proven: false })],
    delivery("0xA", 121, { anchoring: { state: "missing" } as Delivery["anchoring"] }),
  ];
  expect(groupDeliveries(list)).toHaveLength(list.length);
});

it("counts a file that was fetched again once, and keeps what it does not know", () => {
  const record = (index: number) => ({ recordId: `0x${"1".repeat(64)}` as const, index });
  const list = [
    ...[delivery("0xA", 121, record(0)), delivery("0xA", 122, record(0)), delivery("0xA", 122, record(1))],
    ...[delivery("0xA", 122, { ...record(0), file: "keys" }), delivery("0xA", 122), delivery("0xA", 122)],
  ];
  const [group] = groupDeliveries(list);
  expect(group?.deliveries).toEqual(list);
  expect(group?.files).toEqual([list[0], ...list.slice(2)]);
});
