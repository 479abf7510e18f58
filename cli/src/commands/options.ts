import { Option } from "commander";
import { toAddress, toHospital, toIndex } from "../values.ts";

/** Whose chart a command is about. */
export const patientOption = () =>
  new Option("--patient <address>", "whose chart").argParser(toAddress).makeOptionMandatory();

export const hospitalOption = () =>
  new Option("--hospital <number>", "which hospital").argParser(toHospital).makeOptionMandatory();

/** Which record of a batch. */
export const indexOption = () => new Option("--index <number>", "one record of a batch, from 0").argParser(toIndex);
