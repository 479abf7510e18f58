import type { Resource } from "@medplum/fhirtypes";

const FRAME: readonly Resource["resourceType"][] = ["Composition", "Device", "Provenance"];

/** Whether a resource is the frame of a document, or who made it: it says nothing of anybody's health. */
export const isFrame = ({ resourceType }: Pick<Resource, "resourceType">): boolean => FRAME.includes(resourceType);
