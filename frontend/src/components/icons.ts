// Bootstrap Icons (MIT), one import per glyph so that only these are shipped.
import arrowCounterclockwise from "bootstrap-icons/icons/arrow-counterclockwise.svg?raw";
import calendarCheck from "bootstrap-icons/icons/calendar2-check.svg?raw";
import check from "bootstrap-icons/icons/check.svg?raw";
import checkCircle from "bootstrap-icons/icons/check-circle.svg?raw";
import chevronExpand from "bootstrap-icons/icons/chevron-expand.svg?raw";
import chevronLeft from "bootstrap-icons/icons/chevron-left.svg?raw";
import chevronRight from "bootstrap-icons/icons/chevron-right.svg?raw";
import circleHalf from "bootstrap-icons/icons/circle-half.svg?raw";
import clipboardPulse from "bootstrap-icons/icons/clipboard2-pulse.svg?raw";
import check2All from "bootstrap-icons/icons/check2-all.svg?raw";
import copy from "bootstrap-icons/icons/copy.svg?raw";
import dashCircle from "bootstrap-icons/icons/dash-circle.svg?raw";
import envelope from "bootstrap-icons/icons/envelope.svg?raw";
import exclamationCircle from "bootstrap-icons/icons/exclamation-circle.svg?raw";
import exclamationTriangle from "bootstrap-icons/icons/exclamation-triangle.svg?raw";
import fileEarmarkX from "bootstrap-icons/icons/file-earmark-x.svg?raw";
import hospital from "bootstrap-icons/icons/hospital.svg?raw";
import hourglassSplit from "bootstrap-icons/icons/hourglass-split.svg?raw";
import house from "bootstrap-icons/icons/house.svg?raw";
import inbox from "bootstrap-icons/icons/inbox.svg?raw";
import infoCircle from "bootstrap-icons/icons/info-circle.svg?raw";
import journalCheck from "bootstrap-icons/icons/journal-check.svg?raw";
import key from "bootstrap-icons/icons/key.svg?raw";
import lock from "bootstrap-icons/icons/lock.svg?raw";
import pen from "bootstrap-icons/icons/pen.svg?raw";
import personHearts from "bootstrap-icons/icons/person-hearts.svg?raw";
import personPlus from "bootstrap-icons/icons/person-plus.svg?raw";
import personX from "bootstrap-icons/icons/person-x.svg?raw";
import capsule from "bootstrap-icons/icons/capsule.svg?raw";
import patchCheck from "bootstrap-icons/icons/patch-check.svg?raw";
import printer from "bootstrap-icons/icons/printer.svg?raw";
import qrCode from "bootstrap-icons/icons/qr-code.svg?raw";
import qrCodeScan from "bootstrap-icons/icons/qr-code-scan.svg?raw";
import signpostSplit from "bootstrap-icons/icons/signpost-split.svg?raw";
import slashCircle from "bootstrap-icons/icons/slash-circle.svg?raw";
import stack from "bootstrap-icons/icons/stack.svg?raw";
import translate from "bootstrap-icons/icons/translate.svg?raw";
import wallet from "bootstrap-icons/icons/wallet2.svg?raw";
import x from "bootstrap-icons/icons/x-lg.svg?raw";
import xCircle from "bootstrap-icons/icons/x-circle.svg?raw";

/** Every glyph of the interface, by what it is used for in the source of Bootstrap Icons. */
export const icons = {
  arrowCounterclockwise,
  calendarCheck,
  capsule,
  check,
  check2All,
  checkCircle,
  chevronExpand,
  chevronLeft,
  chevronRight,
  circleHalf,
  clipboardPulse,
  copy,
  dashCircle,
  envelope,
  exclamationCircle,
  exclamationTriangle,
  fileEarmarkX,
  hospital,
  hourglassSplit,
  house,
  inbox,
  infoCircle,
  journalCheck,
  key,
  lock,
  patchCheck,
  pen,
  personHearts,
  personPlus,
  personX,
  printer,
  qrCode,
  qrCodeScan,
  signpostSplit,
  slashCircle,
  stack,
  translate,
  wallet,
  x,
  xCircle,
} as const;

export type IconName = keyof typeof icons;
