// The latest weekly check of the documents. The page tells what its build knew; the server may have
// checked since, and whether a week went by without a check is judged by the day of the browser.
// Where no server answers, the line of the build stays, with its day.

const { isExpired } = await import(`./valid-to.js${new URL(import.meta.url).search}`);

export const ADDRESS = "/api/v1/document-checks";

const number = new Intl.NumberFormat("vi-VN");

function day(iso) {
  return iso.split("-").reverse().join("/");
}

/** What is said of a check. */
export function words({ checked_on, links, documents, documents_right }) {
  const right = `${documents_right} trên ${documents} tài liệu đúng`;
  return `${day(checked_on)}, ${right}, ${number.format(links)} liên kết đã mở`;
}

async function latest(fetch) {
  try {
    const answer = await fetch(ADDRESS);
    return answer.ok ? (await answer.json()).latest : null;
  } catch {
    return null;
  }
}

export default async function start(element, fetch = globalThis.fetch, now = new Date()) {
  const check = await latest(fetch);
  let goodUntil = element.dataset.validTo;
  if (check !== null && check.checked_on >= element.dataset.checkedOn) {
    element.querySelector("[data-check]").textContent = words(check);
    element.querySelector("[data-check-built]").hidden = true;
    goodUntil = check.good_until;
  }
  if (!goodUntil) return;
  const late = isExpired(goodUntil, now);
  element.querySelector("[data-check-late]").hidden = !late;
  const kept = element.querySelector("[data-check-kept]");
  if (kept) kept.hidden = late;
}
