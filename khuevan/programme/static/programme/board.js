// The board: a card is moved with the pointer or with the keyboard. What the move means the server says: it answers
// with a form to fill in, with a page to go to, or with the sentence why not. Without this file every card has a form.

const board = document.getElementById("board");
const live = document.getElementById("board-live");
const dialog = document.getElementById("board-dialog");
const says = board?.dataset ?? {};
const STARTS_AFTER = 6; // pixels: less is a click
const EDGE = 56; // pixels from an edge within which the board scrolls along

let lifted = null; // { card, marker, own, open, over }: the card that is being moved
let busy = false;
let quiet = 0;

function say(words, seconds = 8) {
  clearTimeout(quiet);
  live.textContent = words;
  if (words && seconds) quiet = setTimeout(() => (live.textContent = ""), seconds * 1000);
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const titleOf = (card) => card.querySelector(".pg-board-title").textContent.trim();
const columnOf = (element) => element.closest(".pg-column");
const nameOf = (column) => column.querySelector(".pg-column-head .pg-state").textContent.trim();

function prepare() {
  for (const card of board.querySelectorAll(".pg-board-card")) {
    if (!card.dataset.moves) continue;
    const title = card.querySelector(".pg-board-title");
    title.id = `${card.id}-title`;
    card.tabIndex = 0;
    card.setAttribute("aria-labelledby", title.id);
    card.setAttribute("aria-describedby", "board-help");
    const handle = document.createElement("span");
    handle.className = "pg-board-handle";
    handle.title = says.saysHandle;
    handle.setAttribute("aria-hidden", "true");
    card.append(handle);
  }
  const help = document.getElementById("board-help");
  if (help) help.hidden = false;
}

// Lifting, choosing a column, dropping

function lift(card) {
  const own = columnOf(card);
  const codes = card.dataset.moves.split(" ");
  const open = [...board.querySelectorAll(".pg-column")].filter(
    (column) => column === own || codes.includes(column.dataset.column),
  );
  const marker = document.createComment("the card's place");
  card.before(marker);
  lifted = { card, marker, own, open, over: own };
  own.classList.add("pg-column-own");
  for (const column of open) if (column !== own) column.classList.add("pg-column-open");
  document.documentElement.classList.add("pg-dragging");
}

function hover(column) {
  lifted.over?.classList.remove("pg-column-over");
  lifted.over = column;
  if (column && column !== lifted.own) column.classList.add("pg-column-over");
}

function putInto(column) {
  if (column === lifted.own) lifted.marker.after(lifted.card);
  else column.querySelector(".pg-column-cards").prepend(lifted.card);
}

function putBack(move) {
  move.marker.after(move.card);
  move.marker.remove();
}

function letGo() {
  const move = lifted;
  hover(null);
  for (const column of board.querySelectorAll(".pg-column")) column.classList.remove("pg-column-open", "pg-column-own");
  document.documentElement.classList.remove("pg-dragging");
  move.card.classList.remove("pg-board-lifted", "pg-board-source");
  lifted = null;
  return move;
}

function leave(words) {
  const move = letGo();
  putBack(move);
  say(words);
  return move;
}

async function drop(target) {
  if (!target || target === lifted.own || !lifted.open.includes(target)) {
    leave(says.saysLeft).card.focus({ preventScroll: true });
    return;
  }
  putInto(target);
  const move = letGo();
  busy = true;
  move.card.setAttribute("aria-busy", "true");
  say("");
  let outcome;
  try {
    outcome = await carryOut(move.card, target.dataset.column);
  } catch {
    outcome = { sentence: says.saysFailed };
  }
  busy = false;
  move.card.removeAttribute("aria-busy");
  if (outcome.gone) return; // The browser is on its way to another page.
  if (outcome.done) {
    move.marker.remove();
    await refresh(move.card.id);
    say(outcome.sentence);
  } else {
    putBack(move);
    move.card.focus({ preventScroll: true });
    say([outcome.sentence, says.saysBack].filter(Boolean).join(" "), 15);
  }
}

// What the server has to say

async function talk(url, options = {}) {
  const response = await fetch(url, {
    ...options,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  // Signed out meanwhile: loading the page anew leads to the sign-in, and back.
  if (response.redirected) return { go: location.href };
  if (!(response.headers.get("Content-Type") ?? "").startsWith("application/json")) throw new Error("no answer");
  return { ok: response.ok, ...(await response.json()) };
}

async function carryOut(card, to) {
  const body = new FormData();
  body.set("to", to);
  body.set("back", location.pathname + location.search);
  if ("atOnce" in card.dataset) {
    body.set("csrfmiddlewaretoken", board.querySelector("[name=csrfmiddlewaretoken]").value);
    return settled(await talk(card.dataset.url, { method: "POST", body }));
  }
  const answer = await talk(`${card.dataset.url}?${new URLSearchParams(body)}`);
  return answer.form ? filledIn(answer.form) : settled(answer);
}

function settled(answer) {
  if (answer.go) {
    location.assign(answer.go);
    return { gone: true };
  }
  return { done: answer.ok, sentence: answer.sentence };
}

// Shows the form until it is sent or left; a form that comes back with a problem is shown again.
function filledIn(form) {
  return new Promise((resolve, reject) => {
    let outcome = { sentence: "" };
    const show = (html) => {
      dialog.innerHTML = html;
      dialog.querySelector("[data-cancel]").addEventListener("click", (event) => {
        event.preventDefault();
        dialog.close();
      });
      dialog.querySelector("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        const sent = event.currentTarget;
        sent.querySelector("[type=submit]").disabled = true;
        try {
          const answer = await talk(sent.action, { method: "POST", body: new FormData(sent) });
          if (answer.form) return show(answer.form);
          outcome = settled(answer);
          dialog.close();
        } catch (problem) {
          reject(problem);
          dialog.close();
        }
      });
      dialog.querySelector("textarea, [type=submit]").focus();
    };
    dialog.addEventListener("close", () => resolve(outcome), { once: true });
    dialog.showModal();
    show(form);
  });
}

// The whole board anew: counts, what the person may do now, and the next instalment of a unit that has finished one.
async function refresh(id) {
  const response = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById("board");
  if (!fresh) return location.reload();
  const left = board.scrollLeft;
  board.replaceChildren(...fresh.children);
  board.scrollLeft = left;
  prepare();
  document.getElementById(id)?.focus({ preventScroll: true });
}

// The keyboard

function onKey(event) {
  if (busy || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!lifted) {
    const card = event.target;
    if (event.key !== " " || !card.matches?.(".pg-board-card[tabindex]")) return;
    event.preventDefault();
    lift(card);
    card.classList.add("pg-board-lifted");
    say(filled(says.saysLifted, { title: titleOf(card) }), 0);
    return;
  }
  if (lifted.ghost) {
    if (event.key === "Escape") endDrag(() => leave(says.saysLeft));
    return;
  }
  const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  if (event.key in steps) {
    event.preventDefault();
    const next = lifted.open[lifted.open.indexOf(lifted.over) + steps[event.key]];
    if (!next) return say(says.saysEdge, 0);
    hover(next);
    putInto(next);
    lifted.card.focus({ preventScroll: true });
    lifted.card.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(filled(says.saysOver, { column: nameOf(next) }), 0);
  } else if (event.key === " " || event.key === "Enter") {
    event.preventDefault();
    drop(lifted.over);
  } else if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") event.preventDefault();
    const { card } = leave(says.saysLeft);
    if (event.key === "Escape") card.focus({ preventScroll: true });
  }
}

// The pointer

let pressed = null; // { card, id, x, y }: a card on which the pointer went down

function onDown(event) {
  if (busy || lifted || event.button !== 0) return;
  const card = event.target.closest(".pg-board-card[tabindex]");
  if (!card || event.target.closest("details, form, button, select")) return;
  // A finger on the card scrolls; a finger on the handle drags.
  if (event.pointerType !== "mouse" && !event.target.closest(".pg-board-handle")) return;
  pressed = { card, id: event.pointerId, x: event.clientX, y: event.clientY };
}

function onMove(event) {
  if (!pressed || event.pointerId !== pressed.id) return;
  if (!lifted) {
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < STARTS_AFTER) return;
    beginDrag(event);
  }
  lifted.at = { x: event.clientX, y: event.clientY };
  follow();
}

function beginDrag(event) {
  const { card } = pressed;
  const box = card.getBoundingClientRect();
  lift(card);
  const ghost = card.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.removeAttribute("tabindex");
  ghost.setAttribute("aria-hidden", "true");
  ghost.classList.add("pg-board-ghost");
  ghost.style.width = `${box.width}px`;
  board.append(ghost);
  card.classList.add("pg-board-source");
  Object.assign(lifted, { ghost, dx: pressed.x - box.left, dy: pressed.y - box.top });
  getSelection()?.removeAllRanges();
  board.setPointerCapture(event.pointerId);
  lifted.frame = requestAnimationFrame(scrollAlong);
}

function follow() {
  const { ghost, at, dx, dy } = lifted;
  ghost.style.transform = `translate(${at.x - dx}px, ${at.y - dy}px) rotate(1.5deg)`;
  const column = document.elementFromPoint(at.x, at.y)?.closest(".pg-column") ?? null;
  hover(lifted.open.includes(column) ? column : null);
}

function scrollAlong() {
  if (!lifted?.ghost) return;
  const { at } = lifted;
  if (at) {
    const box = board.getBoundingClientRect();
    if (at.x < box.left + EDGE) board.scrollLeft -= 12;
    if (at.x > box.right - EDGE) board.scrollLeft += 12;
    if (at.y < EDGE + 40) scrollBy(0, -12);
    if (at.y > innerHeight - EDGE) scrollBy(0, 12);
    follow();
  }
  lifted.frame = requestAnimationFrame(scrollAlong);
}

function endDrag(then) {
  cancelAnimationFrame(lifted.frame);
  lifted.ghost.remove();
  lifted.ghost = null;
  pressed = null;
  // The click that follows a drag must not follow the card's link.
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  then();
}

function onUp(event) {
  if (!pressed || event.pointerId !== pressed.id) return;
  if (!lifted) {
    pressed = null;
    return;
  }
  const { over } = lifted;
  endDrag(() => drop(over));
}

function onCancel(event) {
  if (pressed?.id !== event.pointerId) return;
  if (lifted?.ghost) endDrag(() => leave(says.saysLeft));
  pressed = null;
}

if (board && live && dialog) {
  prepare();
  document.addEventListener("keydown", onKey);
  board.addEventListener("pointerdown", onDown);
  board.addEventListener("pointermove", onMove);
  board.addEventListener("pointerup", onUp);
  board.addEventListener("pointercancel", onCancel);
  // The browser's own dragging of links would take the pointer away.
  board.addEventListener("dragstart", (event) => event.preventDefault());
}
