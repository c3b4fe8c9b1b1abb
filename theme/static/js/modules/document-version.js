// The page of a document, opened from a printed copy (?v=1): what the table says of that version
// is put on top. Without scripts the table of all versions answers.

export default function start(element) {
  const asked = new URLSearchParams(location.search).get("v");
  if (asked === null) return;
  const versions = [...element.querySelectorAll("[data-version]")];
  const found = versions.find((one) => one.dataset.version === asked.trim());
  const answer = found ?? element.querySelector("[data-version-unknown]");
  if (!found) answer.querySelector("[data-asked]").textContent = asked.slice(0, 20);
  answer.hidden = false;
}
