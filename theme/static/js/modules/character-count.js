// Says how many characters are left, counted as the server counts them: composed (NFC), by
// code point, with a line break as one character.

const number = new Intl.NumberFormat("vi-VN");
const QUIET_MS = 800;

export function countCharacters(text) {
  return [...text.normalize("NFC").replace(/\r\n?/g, "\n")].length;
}

export function message(left) {
  if (left < 0) return `Thừa ${number.format(-left)} ký tự`;
  return `Còn ${number.format(left)} ký tự`;
}

export default function start(group) {
  const area = group.querySelector("textarea");
  const line = group.querySelector(".form-count");
  const limit = Number(group.dataset.maxlength);

  // The visible line changes with each key; a screen reader hears it only after a pause.
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  line.after(spoken);
  let timer;

  function update() {
    const left = limit - countCharacters(area.value);
    line.textContent = message(left);
    line.classList.toggle("form-count--over", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => {
      spoken.textContent = message(left);
    }, QUIET_MS);
  }

  area.addEventListener("input", update);
  if (area.value) update();
}
