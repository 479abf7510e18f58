import { patientAccessScreens } from "./patient-access.ts";
import { patientChartScreens } from "./patient-chart.ts";
import { patientScreens } from "./patient.ts";
import { publicScreens } from "./public.ts";
import type { Screen } from "./screen.ts";
import { staffScreens } from "./staff.ts";

/** Every screen of the app: each route, as those see it who may, in each state worth seeing. */
export const SCREENS: readonly Screen[] = [
  ...publicScreens,
  ...patientScreens,
  ...patientChartScreens,
  ...patientAccessScreens,
  ...staffScreens,
];
