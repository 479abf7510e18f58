import type { Invitation } from "@chartkey/sdk";

const roles = { 1: "patient", 2: "doctor", 3: "pharmacist" } as const;

/** The role of a voucher that was signed here. */
export const voucherRole = ({ role }: Invitation["voucher"]) => roles[role as keyof typeof roles] ?? "patient";
