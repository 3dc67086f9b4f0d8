import { expect, test } from "vitest";

import { correctedText } from "./corrected";

test.each([
  ["type", "COERCE", "Force without violence"],
  ["status", "future", "planned"],
  ["country", "MLI", "Mali"],
  ["actors", '[{"name": "Norland Front", "country": null, "sector": "REB"}]', "Norland Front"],
  ["actors", "[]", "nobody"],
  ["actors", "{not json", "{not json"],
  ["date_from", "2031-03-04", "4 March 2031"],
  ["place", null, "nothing"],
  ["deadline", "2031-05-01", "1 May 2031"],
  ["said_by", "Harbour Wire; Ilan Doru", "Harbour Wire, who leans on Ilan Doru"],
  ["said_by", null, "nobody"],
  ["rejected", "1", "left out of every answer"],
  ["note", "<b>seen</b>", "<b>seen</b>"],
])("%s %s", (field, value, text) => {
  expect(correctedText(field, value)).toBe(text);
});
