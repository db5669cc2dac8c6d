// The pages of an import work without this file; it adds marking across the two panes, saving as the
// officer goes, and dropping a file on the form.

const page = document.querySelector(".kv-page");

/* Marking: an item of the structure and its sentence in the text. */

const source = document.querySelector("[data-source]");

function show(key, { text = false, item = false } = {}) {
    for (const old of document.querySelectorAll(".is-current")) old.classList.remove("is-current");
    const marks = [...document.querySelectorAll(".kv-mark")].filter((mark) =>
        mark.dataset.items.split(" ").includes(key),
    );
    for (const mark of marks) mark.classList.add("is-current");
    const card = document.querySelector(`[data-item="${CSS.escape(key)}"]`);
    card?.classList.add("is-current");
    if (text && marks[0] && source) {
        // Scrolls the box only: the page under the officer's eyes stays where it is.
        const top = marks[0].getBoundingClientRect().top - source.getBoundingClientRect().top;
        source.scrollBy({ top: top - source.clientHeight / 6 });
    }
    if (item && card) {
        card.scrollIntoView({ block: "center" });
        if (!card.hasAttribute("tabindex")) card.setAttribute("tabindex", "-1");
        card.focus({ preventScroll: true });
    }
}

if (source) {
    page.classList.add("is-live");
    page.addEventListener("click", (event) => {
        const find = event.target.closest("[data-find]");
        const jump = event.target.closest(".kv-jump");
        const mark = event.target.closest(".kv-mark");
        if (find) {
            event.preventDefault();
            show(find.hash.replace("#at-", ""), { text: true });
        } else if (jump) {
            // An item on another part of a long list is reached by the link itself.
            if (!document.getElementById(jump.hash.slice(1))) return;
            event.preventDefault();
            show(jump.hash.slice(1), { item: true });
        } else if (mark && !String(window.getSelection())) {
            show(mark.dataset.items.split(" ").at(-1), { item: true });
        } else {
            const card = event.target.closest(".kv-item[data-item]");
            if (card && !event.target.closest("a, button, input, select, label")) {
                show(card.dataset.item, { text: true });
            }
        }
    });
}

/* Saving as the officer goes. */

const form = document.querySelector("form[data-review]");

if (form) {
    const status = form.querySelector("[data-status]");
    let waiting = 0;
    let sending = null;
    let again = false;
    let unsaved = false;
    const touched = new Set();

    // What is sent is what the officer touched, so that another window's choices stay as they are.
    const bodyOf = (names) => {
        const body = new URLSearchParams();
        for (const [name, value] of new FormData(form)) {
            const owner = name === "duties" ? `duty-${value}` : name.replace(/-(was|kind|other)$/, "");
            if (name === "csrfmiddlewaretoken" || names.has(owner)) body.append(name, value);
        }
        return body;
    };

    // What was sent is now what the field "was".
    const settle = (body) => {
        for (const name of [...body.keys()].filter((key) => key.endsWith("-was"))) {
            const field = name.slice(0, -4);
            let value = body.get(field) ?? "";
            if (field.startsWith("duty-")) value = body.getAll(field).map(Number).sort((a, b) => a - b).join(",");
            if (value === "NEW") value = `NEW:${body.get(`${field}-kind`)}`;
            form.elements.namedItem(name).value = value;
        }
    };

    const say = (text, wrong = false) => {
        status.textContent = text;
        status.classList.toggle("is-wrong", wrong);
    };

    const clearErrors = () => {
        for (const note of form.querySelectorAll("[data-live-error]")) note.remove();
        for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    };

    const showErrors = (errors) => {
        for (const [name, text] of Object.entries(errors)) {
            const field = form.elements.namedItem(`${name}-other`) ?? form.elements.namedItem(name);
            if (!(field instanceof HTMLElement)) continue;
            field.setAttribute("aria-invalid", "true");
            const note = document.createElement("p");
            note.className = "kv-error";
            note.dataset.liveError = "";
            note.textContent = text;
            field.closest("label").after(note);
        }
    };

    async function save() {
        if (sending) {
            again = true;
            return;
        }
        say(form.dataset.saving);
        const names = new Set(touched);
        touched.clear();
        const body = bodyOf(names);
        sending = fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
        try {
            const response = await sending;
            const answer = await response.json();
            clearErrors();
            if (answer.saved) {
                settle(body);
                unsaved = again;
                const time = new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
                say(`${form.dataset.saved} ${time}`);
                if (answer.reload && !again) window.location.reload();
            } else {
                for (const name of names) touched.add(name);
                showErrors(answer.errors);
                say(answer.errors.form ?? form.dataset.failed, true);
            }
        } catch {
            for (const name of names) touched.add(name);
            say(form.dataset.failed, true);
        } finally {
            sending = null;
            if (again) {
                again = false;
                save();
            }
        }
    }

    form.addEventListener("change", (event) => {
        touched.add(event.target.closest("[data-choice]")?.dataset.choice);
        unsaved = true;
        window.clearTimeout(waiting);
        waiting = window.setTimeout(save, 500);
    });
    form.addEventListener("submit", () => {
        unsaved = false;
        window.clearTimeout(waiting);
    });
    window.addEventListener("beforeunload", (event) => {
        if (unsaved) event.preventDefault();
    });
}

/* Upload: a file dropped anywhere on the box, and a button that says that reading takes its time. */

const upload = document.querySelector("form[data-upload]");

if (upload) {
    const drop = upload.querySelector("[data-drop]");
    const input = upload.querySelector("input[type=file]");
    for (const kind of ["dragenter", "dragover"]) {
        drop.addEventListener(kind, (event) => {
            event.preventDefault();
            drop.classList.add("is-over");
        });
    }
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("is-over"));
    drop.addEventListener("drop", (event) => {
        event.preventDefault();
        if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
    upload.addEventListener("submit", () => {
        const button = upload.querySelector("button[type=submit]");
        button.disabled = true;
        button.textContent = button.dataset.busy;
    });
    // Coming back with the browser's own button shows the page as it was left: with a busy button.
    window.addEventListener("pageshow", (event) => {
        if (event.persisted) window.location.reload();
    });
}
