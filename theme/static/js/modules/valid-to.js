// A static page does not expire by itself: an element with data-valid-to="2026-12-31" is marked
// as expired after that day in Vietnam, its prices are taken away and its notice is shown.

const TIME_ZONE = "Asia/Ho_Chi_Minh";

export function todayInVietnam(now = new Date()) {
  // Swedish writes dates the ISO way.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: TIME_ZONE }).format(now);
}

export function isExpired(validTo, now = new Date()) {
  return todayInVietnam(now) > validTo;
}

export default function start(element, now = new Date()) {
  if (!isExpired(element.dataset.validTo, now)) return;
  element.classList.add("is-expired");
  element.querySelectorAll("[data-when-expired]").forEach((part) => {
    part.hidden = part.dataset.whenExpired === "hide";
  });
  element.querySelectorAll("[data-price]").forEach((part) => {
    part.textContent = "Hết hiệu lực";
  });
}
