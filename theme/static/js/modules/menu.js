// The menu on a phone: without scripts the link jumps to the menu, which :target shows; with
// scripts it is a button that opens and closes it.

export default function start(toggle) {
  const menu = document.getElementById(toggle.hash.slice(1));
  toggle.setAttribute("role", "button");
  toggle.setAttribute("aria-controls", menu.id);

  function set(open) {
    toggle.setAttribute("aria-expanded", String(open));
    menu.classList.toggle("nav--open", open);
  }

  set(false);
  toggle.addEventListener("click", (event) => {
    event.preventDefault();
    set(toggle.getAttribute("aria-expanded") !== "true");
  });
  toggle.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    toggle.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || toggle.getAttribute("aria-expanded") !== "true") return;
    set(false);
    toggle.focus();
  });
}
