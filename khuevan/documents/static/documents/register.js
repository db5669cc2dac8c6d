// While a file is read, the button says so and cannot be pressed again.
for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", () => {
        const button = form.querySelector("button[data-busy]");
        if (!button) return;
        button.textContent = button.dataset.busy;
        button.setAttribute("aria-disabled", "true");
        form.addEventListener("submit", (event) => event.preventDefault());
    });
}
// Coming back by the browser's own button shows the page as it was left.
window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
});
