// Keeps an impatient second click from sending a form twice. The server would recognise the
// repetition anyway; this only saves the visitor a needless answer.

const PAUSE_MS = 5000;

export default function start(button) {
  let sentAt = -Infinity;
  button.form?.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    const now = performance.now();
    if (now - sentAt < PAUSE_MS) {
      event.preventDefault();
      return;
    }
    sentAt = now;
  });
}
