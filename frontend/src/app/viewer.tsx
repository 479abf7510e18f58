import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { startI18n } from "../lib/i18n/i18n.ts";
import { startTheme } from "../lib/theme/theme.ts";
import { ViewerShell } from "./ViewerShell.tsx";
import "@fontsource-variable/inter/index.css";
import "../styles/bootstrap.scss";
import "../styles/theme.scss";

async function start(): Promise<void> {
  startTheme();
  const element = document.getElementById("root");
  if (!element) throw new Error("the page has no root");
  await startI18n();
  createRoot(element).render(
    <StrictMode>
      <BrowserRouter>
        <ViewerShell />
      </BrowserRouter>
    </StrictMode>,
  );
}

void start();
