// Shows the print button and lets it print.

export default function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
