// A static page does not get older by itself. An element with data-valid-to="2026-12-31" is over
// after that day in Vietnam: its prices are taken away and its notice is shown. One that also has
// data-valid-from begins on that day. data-phase is what the build said (without it: current), and
// the browser only ever goes on from there: a clock that is slow brings no price back.
//
// Parts say when they are seen: data-when-next and data-when-expired, each "show" or "hide".

const TIME_ZONE = "Asia/Ho_Chi_Minh";
const PHASES = ["next", "current", "expired"];

export function todayInVietnam(now = new Date()) {
  // Swedish writes dates the ISO way.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: TIME_ZONE }).format(now);
}

export function isExpired(validTo, now = new Date()) {
  return todayInVietnam(now) > validTo;
}

/** What an element with these data attributes is now: "next", "current" or "expired". */
export function phase({ phase: built = "current", validFrom, validTo }, now = new Date()) {
  let found = "current";
  if (validTo && isExpired(validTo, now)) found = "expired";
  else if (validFrom && todayInVietnam(now) < validFrom) found = "next";
  return PHASES[Math.max(PHASES.indexOf(built), PHASES.indexOf(found))];
}

export default function start(element, now = new Date()) {
  const current = phase(element.dataset, now);
  if (current === (element.dataset.phase ?? "current")) return;
  const own = (part) => part.closest("[data-valid-to], [data-valid-from]") === element;
  for (const part of element.querySelectorAll("[data-when-next], [data-when-expired]")) {
    if (own(part)) part.hidden = isHidden(part.dataset, current);
  }
  if (current !== "expired") return;
  element.classList.add("is-expired");
  for (const part of element.querySelectorAll("[data-price]")) {
    if (own(part)) part.textContent = "Hết hiệu lực";
  }
}

function isHidden({ whenNext, whenExpired }, current) {
  return [
    [whenNext, "next"],
    [whenExpired, "expired"],
  ].some(([rule, name]) => rule && (rule === "hide") === (current === name));
}
