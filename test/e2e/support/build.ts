import { buildApp } from "../../../scripts/lib/app.ts";

/** Before any browser test, once: files that run beside each other would otherwise write the same build. */
export const setup = buildApp;
