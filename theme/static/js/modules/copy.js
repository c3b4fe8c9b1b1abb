// A button that copies the secret beside it. It is shown only where copying is possible.

export default function start(box) {
  const button = box.querySelector("[data-copy-button]");
  const label = box.querySelector("[data-copy-label]");
  const source = box.querySelector("[data-copy]");
  if (!navigator.clipboard) return;
  label.setAttribute("aria-live", "polite");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      label.textContent = "Đã chép";
    } catch {
      label.textContent = "Không chép được, hãy chọn rồi chép";
    }
  });
}
