import { createContext, useContext } from "react";
import type { AppConfig } from "./config.ts";

/** Holds the configuration that the page was started with. */
export const ConfigContext = createContext<AppConfig | null>(null);

/** The configuration that the page was started with. */
export function useAppConfig(): AppConfig {
  const config = useContext(ConfigContext);
  if (!config) throw new Error("useAppConfig is used outside ConfigContext");
  return config;
}
