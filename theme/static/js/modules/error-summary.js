// Moves focus to the summary of errors when the page opens, and from its links to the fields.

export default function start(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    // The question is shown with the field: scrolling to the field alone would hide it.
    const group = field.closest(".form-group") ?? field;
    group.scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
}
