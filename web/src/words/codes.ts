// Plain words for the codes of the ledger: PLOVER types, modes and sectors, statuses, fields.

export type Quad = "verbal-cooperation" | "material-cooperation" | "verbal-conflict" | "material-conflict";

export const TYPES: Record<string, { label: string; quad: Quad }> = {
  AGREE: { label: "Agreement", quad: "verbal-cooperation" },
  CONSULT: { label: "Talks", quad: "verbal-cooperation" },
  SUPPORT: { label: "Support", quad: "verbal-cooperation" },
  CONCEDE: { label: "Concession", quad: "verbal-cooperation" },
  COOPERATE: { label: "Cooperation", quad: "material-cooperation" },
  AID: { label: "Aid", quad: "material-cooperation" },
  RETREAT: { label: "Giving way", quad: "material-cooperation" },
  REQUEST: { label: "Demand", quad: "verbal-conflict" },
  ACCUSE: { label: "Accusation", quad: "verbal-conflict" },
  REJECT: { label: "Refusal", quad: "verbal-conflict" },
  THREATEN: { label: "Threat", quad: "verbal-conflict" },
  PROTEST: { label: "Protest", quad: "material-conflict" },
  SANCTION: { label: "Sanction", quad: "material-conflict" },
  MOBILIZE: { label: "Show of force", quad: "material-conflict" },
  COERCE: { label: "Force without violence", quad: "material-conflict" },
  ASSAULT: { label: "Attack", quad: "material-conflict" },
};

export const QUADS: Record<Quad, string> = {
  "verbal-cooperation": "Friendly words",
  "material-cooperation": "Friendly acts",
  "verbal-conflict": "Hostile words",
  "material-conflict": "Hostile acts",
};

/** Modes that need other words than their own spelling; the same spelling means different things under different types. */
const MODES: Record<string, string> = {
  "CONSULT/third-party": "through a third party",
  "CONSULT/multilateral": "of many sides",
  "CONSULT/phone": "by telephone",
  "RETREAT/withdraw": "forces leave",
  "RETREAT/release": "prisoners go free",
  "RETREAT/return": "something is given back",
  "RETREAT/disarm": "weapons are given up",
  "RETREAT/access": "access is given",
  "RETREAT/resign": "somebody steps down",
  "REQUEST/assist": "for help",
  "REQUEST/change": "for another policy",
  "REQUEST/yield": "to give way",
  "REQUEST/meet": "to meet",
  "REJECT/assist": "to help",
  "REJECT/change": "to change policy",
  "REJECT/yield": "to give way",
  "REJECT/meet": "to meet",
  "ACCUSE/disapprove": "condemnation",
  "ACCUSE/investigate": "inquiry",
  "THREATEN/restrict": "of restrictions",
  "THREATEN/ban": "of a ban",
  "THREATEN/arrest": "of arrest",
  "THREATEN/relations": "to break relations",
  "THREATEN/rights": "against rights",
  "THREATEN/expel": "to expel",
  "THREATEN/territory": "to take ground",
  "THREATEN/violence": "of violence",
  "PROTEST/demo": "demonstration",
  "PROTEST/hunger": "hunger strike",
  "PROTEST/obstruct": "blockade",
  "SANCTION/convict": "judgment",
  "SANCTION/expel": "expulsion",
  "SANCTION/withdraw": "withdrawal of diplomats",
  "SANCTION/discontinue": "breaking off",
  "COERCE/seize": "taking",
  "COERCE/restrict": "restrictions",
  "COERCE/censor": "censorship",
  "COERCE/deport": "deportation",
  "COERCE/withhold": "withholding",
  "COERCE/cyber": "in computers",
  "ASSAULT/abduct": "abduction",
  "ASSAULT/beat": "beating",
  "ASSAULT/execute": "execution",
  "ASSAULT/sexual": "sexual violence",
  "ASSAULT/assassinate": "assassination",
  "ASSAULT/destroy": "destruction",
  "ASSAULT/primitive": "blades and stones",
  "ASSAULT/explosives": "bomb",
  "ASSAULT/aerial": "from the air",
  "ASSAULT/crowd-control": "on a crowd",
  "ASSAULT/unconventional": "banned weapons",
};

export const STATUSES: Record<string, string> = {
  actual: "told as done",
  future: "planned",
  demanded: "demanded",
  hypothetical: "thought possible",
  negated: "said not to have happened",
  lapsed: "planned; its day passed and nobody tells it as done",
};

/** What kind of saying a statement is, where it is more than that; by its stance. */
export const STANCES: Record<string, string> = {
  denies: "Denial", confirms: "Confirmation", accuses: "Accusation", promises: "Promise", demands: "Demand", warns: "Warning", threatens: "Threat",
  announces: "Announcement", reports: "Report", describes: "Description",
};

export const SECTORS: Record<string, string> = {
  GOV: "government", MIL: "armed forces", COP: "police", JUD: "courts", LEG: "parliament", PTY: "party", PRM: "paramilitaries",
  REB: "armed group", SPY: "intelligence service", UAF: "gunmen", UNK: "unknown", BUS: "business", CRM: "criminals", CVL: "civilians",
  EDU: "schools", ELI: "elite", JRN: "press", LAB: "labour", MED: "health", OPP: "opposition", REF: "refugees", REL: "religion",
  SOC: "civil society", AGR: "farming", PRE: "former officials",
};

export const BODIES: Record<string, string> = {
  IGO: "an international organisation", NGO: "an aid or campaign group", UNO: "United Nations", EUR: "European Union",
  IMG: "an international armed group", MNC: "an international company",
};

export const FIELDS: Record<string, string> = {
  trigger: "what was done", actors: "who", recipients: "to whom", when: "when", where: "where", said_by: "said by",
  quantities: "how many", deadline: "due", status: "whether it happened", type: "kind of act", mode: "how", control: "ground",
  statement: "what was said", confidence: "how sure", date_from: "first day", date_to: "last day", place: "place", country: "country",
  lat: "latitude", lon: "longitude", radius_km: "radius", gazetteer_id: "entry in the gazetteer", rejected: "not an event",
  note: "note", speaker: "speaker", speaker_country: "country of the speaker", speaker_sector: "kind of speaker", stance: "how it is said",
};

/** Short labels that stand in the text itself, before the words that are evidence. */
export const LABELS: Record<string, string> = {
  trigger: "did", actors: "who", recipients: "whom", when: "when", where: "where", quantities: "number", deadline: "due", said_by: "says",
  speaker: "speaker", status: "whether", control: "ground",
};

function spoken(code: string): string {
  return code.replaceAll(/[-_]/g, " ").toLowerCase();
}

/** "Attack", or "Attack: from the air" with a mode. */
export function typeText(type: string, mode?: string | null): string {
  const label = TYPES[type]?.label ?? capital(spoken(type));
  return mode ? `${label}: ${modeText(type, mode)}` : label;
}

/** A mode in plain words. */
export function modeText(type: string, mode: string): string {
  return MODES[`${type}/${mode}`] ?? spoken(mode);
}

export function quadOf(type: string): Quad | null {
  return TYPES[type]?.quad ?? null;
}

export function statusText(status: string): string {
  return STATUSES[status] ?? spoken(status);
}

export function fieldText(field: string): string {
  return FIELDS[field] ?? spoken(field);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
