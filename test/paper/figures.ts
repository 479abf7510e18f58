/** A figure of the paper, or a thing that its text asks for: what the paper shows, what it is here, and at which routes of the app. */
export interface Figure {
  /** "Fig 5" for a figure, "Text 2" for what the text asks for; browser tests carry it in their names. */
  readonly id: string;
  readonly paper: string;
  readonly here: string;
  readonly routes: readonly string[];
}

/** "Electronic Health Records Using Blockchain Technology" (Asrija, Anuja, Akhila, Tejasri), in its own order. */
export const FIGURES: readonly Figure[] = [
  {
    id: "Fig 1",
    paper: "Home page",
    here: "Says what Chartkey is, connects a wallet and leads each to pages of his own; tells apart no wallet, another network, no contract, nobody registered, nothing yet, no permission.",
    routes: ["/"],
  },
  {
    id: "Fig 2",
    paper: "Sign-up and login of an administrator, by hospital",
    here: "Connects a wallet and deploys a hospital's contract, or opens the one that the account administers.",
    routes: ["/hospital/new", "/hospital"],
  },
  {
    id: "Fig 3",
    paper: "Dashboard of the administrator",
    here: "Standing, counts, who waits for a confirmation, staff and patients, latest events.",
    routes: ["/hospital"],
  },
  {
    id: "Fig 4",
    paper: "Creation of IDs for patients and doctors",
    here: "A signed invitation, as link, code or card, for whoever claims it or for one address; a whole list by CSV.",
    routes: ["/hospital/invite", "/hospital/invite/list", "/claim"],
  },
  {
    id: "Fig 5",
    paper: "List of patients",
    here: "Searchable; names come from encrypted cards, never from the chain.",
    routes: ["/hospital/patients", "/hospital/staff"],
  },
  {
    id: "Fig 6",
    paper: "Login of a patient",
    here: "The wallet connects, and opens the key of the chart.",
    routes: ["/patient", "/key"],
  },
  {
    id: "Fig 7",
    paper: "Sign-up of a patient",
    here: "Claims an invitation, makes the key with its recovery code, and fills in the profile once.",
    routes: ["/claim", "/patient", "/patient/profile"],
  },
  {
    id: "Fig 8",
    paper: "Dashboard of the patient",
    here: "Next visit, who can read what until when, what is newest in the chart, prescriptions, what was read.",
    routes: ["/patient"],
  },
  {
    id: "Fig 9",
    paper: "Grant access to a doctor",
    here: "Doctor, categories to read and add, end; one sentence says what is signed; one signature.",
    routes: ["/patient/access/new", "/patient/access"],
  },
  {
    id: "Fig 10",
    paper: "Login of a doctor",
    here: "The wallet connects, and opens the doctor's key.",
    routes: ["/doctor"],
  },
  {
    id: "Fig 11",
    paper: "Sign-up of a doctor",
    here: "Claims an invitation or asks a hospital, is confirmed, and publishes the encryption key.",
    routes: ["/claim", "/doctor"],
  },
  {
    id: "Fig 12",
    paper: "Appointments in the doctor's dashboard",
    here: "The day as landing page: confirm, decline, start, complete; symptoms that this doctor alone can read.",
    routes: ["/doctor", "/doctor/week"],
  },
  {
    id: "Text 1",
    paper: "A patient books an appointment by filling in a form about the symptoms",
    here: "Doctor, free time, symptoms, fee into escrow; sealed to doctor and patient.",
    routes: ["/patient/visits/new"],
  },
  {
    id: "Text 2",
    paper: "A patient sees the diagnosis results given by the doctor",
    here: "Chart by category; each entry with author, hospital, time and integrity.",
    routes: ["/patient/chart", "/patient/chart/:key"],
  },
  {
    id: "Text 3",
    paper: "A doctor prescribes medications",
    here: "Several medicines in one order and one signature; paper with a code that anybody verifies.",
    routes: ["/doctor/patients/:address/prescribe", "/patient/prescriptions/:id", "/verify"],
  },
  {
    id: "Text 4",
    paper:
      "Administrative and billing data, demographics, notes, history, medication, diagnoses, immunizations, results",
    here: "FHIR R4 resources in nine categories, in from files and out again.",
    routes: ["/patient/add", "/patient/chart", "/patient/take-out"],
  },
  {
    id: "Text 5",
    paper: "Private blockchain: SHA-256, previous hash, proof of work with a difficulty, valid blocks only",
    here: "The bundled chain mines blocks sealed with SHA-256; the explorer checks link and seal in the browser.",
    routes: ["/audit", "/audit/block/:id", "/audit/ledger/:address"],
  },
  {
    id: "Text 6",
    paper: "Future work: payments, transfer of files, interaction between peers",
    here: "Fees in escrow with refunds; encrypted files; messages, referral and second opinion.",
    routes: ["/patient/visits", "/patient/add", "/patient/messages"],
  },
];
