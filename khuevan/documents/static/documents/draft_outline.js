// Counts the labels of a draft's lines, as khuevan.plain…writing.numbering and forms.draft_rows do on the server.

const ORDER = [
  "part", "chapter", "heading", "capital", "roman", "article", "number", "decimal", "subdecimal", "letter", "dash",
  "plus", "text",
];
const RANK = Object.fromEntries(ORDER.map((level, rank) => [level, rank]));
const THROUGH = new Set(["chapter", "article"]);
const LETTERS = "abcdđeghiklmnopqrstuvxy";
const CAPITALS = "ABCDĐEGH";
const ROMAN = [[50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
const VALUES = { I: 1, V: 5, X: 10, L: 50 };
export const INWARD = {
  part: "chapter", chapter: "heading", heading: "article", capital: "roman", roman: "number", article: "number",
  number: "letter", decimal: "letter", subdecimal: "letter", letter: "dash", dash: "plus", plus: "plus", text: "dash",
};
export const OUTWARD = {
  part: "part", chapter: "part", heading: "chapter", capital: "part", roman: "part", article: "chapter",
  number: "roman", decimal: "number", subdecimal: "decimal", letter: "number", dash: "letter", plus: "dash",
  text: "number",
};

export const rankOf = (level) => RANK[level] ?? RANK.text;

function roman(number) {
  let written = "";
  for (const [size, letters] of ROMAN) {
    while (number >= size) {
      written += letters;
      number -= size;
    }
  }
  return written;
}

function romanValue(text) {
  const values = [...text].map((letter) => VALUES[letter] ?? 0);
  if (!values.length || values.includes(0)) return 0;
  return values.reduce((sum, value, place) => sum + (value < (values[place + 1] ?? 0) ? -value : value), 0);
}

// Which level a label is of, with what counts in it: tried in this order.
const PATTERNS = [
  ["part", /^phần\s+(\S.*)$/i], ["chapter", /^chương\s+(\S+)$/i], ["heading", /^(?:tiểu\s+)?mục\s+(\S+)$/i],
  ["article", /^điều\s+(\d+)$/i], ["number", /^(\d+)$/], ["decimal", /^\d+\.(\d+)$/],
  ["subdecimal", /^\d+(?:\.\d+)+\.(\d+)$/], ["roman", /^([IVXL]+)$/], ["capital", /^([A-HĐ])$/],
  ["letter", new RegExp(`^([${LETTERS}fjwz]\\d?)$`)], ["dash", /^(-)$/], ["plus", /^(\+)$/],
];
const PART_WORDS = { nhất: 1, hai: 2, ba: 3, tư: 4, bốn: 4, năm: 5, sáu: 6, bảy: 7, tám: 8, chín: 9, mười: 10 };

function levelOf(label) {
  if (!label) return "text";
  return PATTERNS.find(([, pattern]) => pattern.test(label))?.[0] ?? "number";
}

// Which item of its list a label makes; 0 where it says nothing of it.
function ordinalOf(label) {
  for (const [level, pattern] of PATTERNS) {
    const number = pattern.exec(label)?.[1];
    if (number === undefined) continue;
    if (level === "capital") return CAPITALS.indexOf(number) + 1;
    if (level === "letter") return LETTERS.indexOf(number[0]) + 1 + LETTERS.length * Number(number.slice(1) || 0);
    if (level === "dash" || level === "plus") return 0;
    const word = number.split(/\s+/).pop().toLowerCase();
    return /^\d+$/.test(word) ? Number(word) : PART_WORDS[word] || romanValue(number);
  }
  return 0;
}

function labelFor(level, ordinal, above) {
  switch (level) {
    case "part": return `Phần ${roman(ordinal)}`;
    case "chapter": return `Chương ${roman(ordinal)}`;
    case "heading": return `Mục ${ordinal}`;
    case "article": return `Điều ${ordinal}`;
    case "capital": return CAPITALS[(ordinal - 1) % CAPITALS.length];
    case "roman": return roman(ordinal);
    case "number": return String(ordinal);
    case "decimal":
    case "subdecimal": {
      const figures = /^\d+(\.\d+)*$/.test(above) ? above : String(ordinalOf(above) || 1);
      return `${figures}.${ordinal}`;
    }
    case "letter": {
      const turn = Math.floor((ordinal - 1) / LETTERS.length);
      return LETTERS[(ordinal - 1) % LETTERS.length] + (turn || "");
    }
    case "dash": return "-";
    case "plus": return "+";
    default: return "";
  }
}

function printed(label) {
  if (/[.):]$/.test(label) || /^phụ lục/i.test(label)) return label;
  const level = levelOf(label);
  if (["part", "chapter", "heading", "dash", "plus", "text"].includes(level)) return label;
  if (level === "letter") return `${label})`;
  return level === "number" && !/^\d+$/.test(label) ? `${label}:` : `${label}.`;
}

function opened(rank, label = "", ref = "") {
  return { rank, label, ref, counts: {}, below: {} };
}

function refBelow(above, label) {
  let name = label;
  if (label === "" || label === "-" || label === "+") {
    above.below[label] = (above.below[label] ?? 0) + 1;
    name = `${label || "§"}${above.below[label]}`;
  }
  return above.ref ? `${above.ref}.${name}` : name;
}

function close(stack, rank, depth) {
  if (depth !== null) {
    stack.length = Math.max(1, Math.min(depth + 1, stack.length));
    return;
  }
  while (stack.length > 1 && stack[stack.length - 1].rank >= rank) stack.pop();
}

// Where each of the lines stands: its label as printed, how deep it lies, and its name for comments.
// A line is {kind, level, text, titled, label, depth, removed}; of an annex `label` is its own.
export function placesOf(lines) {
  let stack = [opened(-1)];
  let through = {};
  let annexes = 0;
  return lines.map((line) => {
    if (line.removed) return { label: "", depth: stack.length - 1, ref: "" };
    if (line.kind === "annex") {
      annexes += 1;
      stack = [opened(-1, "", line.label || `Phụ lục (${annexes})`)];
      through = {};
      return { label: line.label, depth: 0, ref: stack[0].ref };
    }
    const isTitle = line.titled && line.text.trim() !== "";
    if (line.kind !== "text" || (line.level === "text" && !isTitle)) {
      if (line.depth !== null) close(stack, 0, line.depth);
      else while (stack.length > 1 && stack[stack.length - 1].rank > RANK.letter) stack.pop();
      return { label: "", depth: stack.length - 1, ref: refBelow(stack[stack.length - 1], "") };
    }
    const rank = line.level === "text" ? RANK.roman : rankOf(line.level);
    close(stack, rank, line.depth);
    const above = stack[stack.length - 1];
    const counts = THROUGH.has(line.level) ? through : above.counts;
    const numbered = [...stack].reverse().find((one) => one.label)?.label ?? "";
    const label = line.label || labelFor(line.level, (counts[line.level] ?? 0) + 1, numbered);
    if (line.level !== "text") counts[line.level] = ordinalOf(label) || (counts[line.level] ?? 0) + 1;
    const ref = refBelow(above, label);
    const depth = stack.length - 1;
    stack.push(opened(rank, label, ref));
    return { label: printed(label), depth, ref };
  });
}
