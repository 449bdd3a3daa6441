// Hours as text, by the same rules as app/domain/hours_text.py: "9:00-12:00, 14:00-17:30" and
// the quarter hours of a day it stands for.
const weekHours = (() => {
  const QUARTERS = 96;
  const EXAMPLE = "Write hours like 9:00-12:00, 14:00-17:30.";
  const TIME = String.raw`(?:midnight|noon|\d{1,2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\b\.?)?)`;
  const PIECE = new RegExp(String.raw`(${TIME})\s*(?:-|to\b|till?\b|until\b)\s*(${TIME})(?!\w)`, "y");
  const GAP = /(?:[\s,;&+]|and\b)+/y;
  const REST = /[^,;]+/y;

  class Unclear extends Error {}

  function minuteOf(word, piece) {
    if (word === "midnight") return [0, "a"];
    if (word === "noon") return [720, "p"];
    const [, hours, minutes = "0", half = ""] = /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?/.exec(word);
    const hour = Number(hours);
    const minute = Number(minutes);
    const exists = half ? hour >= 1 && hour <= 12 : hour * 60 + minute <= 1440;
    if (!exists || minute > 59) throw new Unclear(`“${piece}” holds a time that does not exist. ${EXAMPLE}`);
    return [(half ? (hour % 12) + (half === "p" ? 12 : 0) : hour) * 60 + minute, half];
  }

  function rangeOf([piece, from, to]) {
    let [start, startsIn] = minuteOf(from, piece);
    let [end, endsIn] = minuteOf(to, piece);
    if (endsIn === "p" && !startsIn && start < 720 && start + 720 < end) start += 720;
    if (startsIn && !endsIn && end <= start && end < 720) end += 720;
    if (end === 0) end = 1440;
    if (start >= end) throw new Unclear(`“${piece}” ends before it starts. ${EXAMPLE}`);
    if (start % 15 || end % 15) throw new Unclear(`“${piece}”: hours start and end on the quarter hour.`);
    return [start / 15, end / 15];
  }

  function quartersOf(text) {
    const quarters = new Array(QUARTERS).fill(false);
    const plain = text.replace(/[\u2010-\u2014\u2212]/g, "-").toLowerCase().trim();
    if (/^(closed|off|none|-)$/.test(plain)) return quarters;
    let at = 0;
    const match = (pattern) => {
      pattern.lastIndex = at;
      const found = pattern.exec(plain);
      if (found) at = pattern.lastIndex;
      return found;
    };
    while (at < plain.length) {
      if (match(GAP)) continue;
      const piece = match(PIECE);
      if (!piece) throw new Unclear(`“${(match(REST) ?? [""])[0].trim().slice(0, 30)}” is not clear. ${EXAMPLE}`);
      quarters.fill(true, ...rangeOf(piece));
    }
    if (runs(quarters).some(([start, end]) => end - start < 2)) {
      throw new Unclear("A window lasts at least 30 minutes.");
    }
    return quarters;
  }

  function runs(quarters) {
    const found = [];
    for (let at = 0; at < QUARTERS; at += 1) {
      if (quarters[at] && !quarters[at - 1]) found.push([at, at + 1]);
      else if (quarters[at]) found.at(-1)[1] = at + 1;
    }
    return found;
  }

  const clock = (quarter) => `${Math.floor(quarter / 4)}:${String((quarter % 4) * 15).padStart(2, "0")}`;
  const textOf = (quarters) => runs(quarters).map(([from, to]) => `${clock(from)}-${clock(to)}`).join(", ");

  // Null where the text is not clear.
  function read(text) {
    try { return quartersOf(text); } catch (problem) {
      if (problem instanceof Unclear) return null;
      throw problem;
    }
  }

  const none = () => new Array(QUARTERS).fill(false);

  // A window lasts 30 minutes or more: what is left shorter is closed.
  function dropScraps(quarters) {
    for (const [start, end] of runs(quarters)) if (end - start < 2) quarters[start] = false;
  }

  return { Unclear, clock, dropScraps, none, quartersOf, read, textOf };
})();
