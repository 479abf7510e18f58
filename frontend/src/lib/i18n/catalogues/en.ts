/** Where the English sentences of each area are. */
export default import.meta.glob<Record<string, unknown>>("../../../locales/en/*.json", { import: "default" });
