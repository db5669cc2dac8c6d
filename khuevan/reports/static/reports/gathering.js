// The box above the list ticks all units; the button says how many are ticked. Without this the boxes and both
// buttons work as they stand.
for (const form of document.querySelectorAll("form[data-ticks]")) {
    const all = form.querySelector("input[data-all]");
    const boxes = [...form.querySelectorAll("input[name=units]")];
    const count = form.querySelector("[data-count]");
    const tell = () => {
        const ticked = boxes.filter((box) => box.checked).length;
        form.classList.toggle("gt-some", ticked > 0);
        count.textContent = ticked ? `(${ticked})` : "";
        all.checked = ticked === boxes.length;
        all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    all.hidden = false;
    all.addEventListener("change", () => {
        for (const box of boxes) box.checked = all.checked;
        tell();
    });
    form.addEventListener("change", (event) => {
        if (event.target !== all) tell();
    });
    // Coming back, the browser keeps the boxes as they were.
    tell();
}

// A long list of units to choose from gets a field that narrows it, in any spelling of diacritics.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
for (const list of document.querySelectorAll("[data-choices]")) {
    const items = [...list.querySelectorAll("li")];
    if (items.length < 12) continue;
    const field = document.createElement("input");
    field.type = "text";
    field.className = "gt-filter-choices";
    field.setAttribute("aria-label", list.dataset.label);
    field.placeholder = list.dataset.label;
    field.addEventListener("input", () => {
        const words = folded(field.value).split(/\s+/).filter(Boolean);
        for (const item of items) {
            const name = folded(item.textContent);
            item.hidden = !words.every((word) => name.includes(word));
        }
    });
    field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault();
    });
    list.querySelector("ul").before(field);
}
