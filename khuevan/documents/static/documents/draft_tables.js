// Tables of a draft as a grid: rows and columns come and go at the cell in which one stands; cells are pasted.

import { grow } from "./draft_rows.js";

const bodyOf = (row) => row.querySelector(".dr-grid tbody");
const columns = (row) => row.querySelectorAll(".dr-grid thead td").length;

function emptyCell(row) {
  const cell = row.querySelector(".dr-grid tbody td").cloneNode(true);
  const area = cell.querySelector("textarea");
  area.value = "";
  area.textContent = "";
  return cell;
}

// The row and column of the grid in which the caret stands, else the last ones.
function standing(row) {
  const cell = document.activeElement?.closest?.(".dr-grid tbody td");
  const line = cell && row.contains(cell) ? cell.parentElement : (row.lastCell?.isConnected ? row.lastCell.parentElement : null);
  const own = cell && row.contains(cell) ? cell : row.lastCell;
  return { line: line ?? bodyOf(row).lastElementChild, index: line && own ? [...line.children].indexOf(own) : columns(row) - 1 };
}

// Columns are as wide in the grid as on paper: in shares of the whole.
export function widen(row) {
  const heads = [...row.querySelectorAll(".dr-grid thead td")];
  const shares = heads.map((head) => Number(head.querySelector("input").value.replace(",", ".")) || 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  heads.forEach((head, place) => {
    head.style.width = `${(100 * shares[place]) / whole}%`;
  });
}

export function tableAct(row, act) {
  const body = bodyOf(row);
  const { line, index } = standing(row);
  if (act === "row") {
    const fresh = document.createElement("tr");
    for (let place = 0; place < columns(row); place += 1) fresh.append(emptyCell(row));
    line.after(fresh);
    fresh.querySelector("textarea").focus();
  } else if (act === "less-row" && body.children.length > 1) {
    const next = line.nextElementSibling ?? line.previousElementSibling;
    line.remove();
    next.querySelector("textarea").focus();
  } else if (act === "column" && columns(row) < 30) {
    const head = row.querySelectorAll(".dr-grid thead td")[index];
    const copy = head.cloneNode(true);
    copy.querySelector("select").value = "left";
    head.after(copy);
    for (const tr of body.children) tr.children[index].after(emptyCell(row));
    line.children[index + 1].querySelector("textarea").focus();
  } else if (act === "less-column" && columns(row) > 1) {
    row.querySelectorAll(".dr-grid thead td")[index].remove();
    for (const tr of body.children) tr.children[index].remove();
    line.children[Math.min(index, line.children.length - 1)].querySelector("textarea").focus();
  }
  widen(row);
}

// Puts rows of cells into the grid from the cell on; what does not fit below becomes new rows.
export function fillCells(row, cell, cells) {
  const body = bodyOf(row);
  const first = [...cell.parentElement.children].indexOf(cell);
  let line = cell.parentElement;
  for (const values of cells) {
    if (!line) {
      line = document.createElement("tr");
      for (let place = 0; place < columns(row); place += 1) line.append(emptyCell(row));
      body.append(line);
    }
    values.forEach((value, offset) => {
      const area = line.children[first + offset]?.querySelector("textarea");
      if (area) {
        area.value = value;
        grow(area);
      }
    });
    line = line.nextElementSibling;
  }
}

// What is on the clipboard as text with tabs between cells: tables of its HTML too, merged cells as empty ones.
export function clipboardText(data) {
  const html = data.getData("text/html");
  if (!/<table/i.test(html)) return data.getData("text/plain");
  const page = new DOMParser().parseFromString(html, "text/html");
  const lines = [];
  const clean = (text) => text.replace(/\s+/g, " ").trim();
  function walk(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (clean(node.textContent)) lines.push(clean(node.textContent));
    } else if (node.nodeName === "TABLE") {
      for (const tr of node.rows) {
        const cells = [];
        for (const td of tr.cells) {
          cells.push(clean(td.textContent));
          for (let more = 1; more < Math.min(td.colSpan, 30); more += 1) cells.push("");
        }
        lines.push(cells.join("\t"));
      }
      lines.push("");
    } else if (["P", "LI", "H1", "H2", "H3", "H4", "H5", "H6"].includes(node.nodeName)) {
      if (clean(node.textContent)) lines.push(clean(node.textContent));
    } else if (!["STYLE", "SCRIPT", "TITLE", "META"].includes(node.nodeName)) {
      node.childNodes.forEach(walk);
    }
  }
  walk(page.body);
  return lines.join("\n");
}
