// Copies the value of a field; without this file the field is selected and copied by hand.
const field = (button) => document.getElementById(button.dataset.copy);

for (const button of document.querySelectorAll("[data-copy]")) {
  // A page that does not come over HTTPS or from this machine has no clipboard.
  button.hidden = !navigator.clipboard;
  field(button).addEventListener("focus", (event) => event.target.select());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field(button).value);
    const words = button.textContent;
    button.textContent = button.dataset.copied;
    document.getElementById("copied").textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), 3000);
  });
}
