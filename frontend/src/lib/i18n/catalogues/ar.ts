/** Where the Arabic sentences of each area are. */
export default import.meta.glob<Record<string, unknown>>("../../../locales/ar/*.json", { import: "default" });
