import { Option } from "commander";
import { toAddress, toHospital } from "../values.ts";

/** Whose chart a command is about. */
export const patientOption = () =>
  new Option("--patient <address>", "whose chart").argParser(toAddress).makeOptionMandatory();

export const hospitalOption = () =>
  new Option("--hospital <number>", "which hospital").argParser(toHospital).makeOptionMandatory();
