// The page that follows a report, in a browser that is none: which language it begins in, and that its button turns it.
"use strict";
const fs = require("fs"), path = require("path"), vm = require("vm"), assert = require("assert");

const script = fs.readFileSync(path.join(process.argv[2], "resources/gateway/follow.js"), "utf8");

function open(search) {
  const elements = new Map();
  const element = () => ({ dataset: {}, hidden: false, textContent: "", lang: "", addEventListener(_, run) { this.press = run; } });
  const byId = (id) => elements.get(id) ?? elements.set(id, element()).get(id);
  const world = {
    words: { vi: {}, en: {} },
    location: { pathname: "/t/K7M3Q9X2TW", search, hash: "" },
    document: { documentElement: { lang: "" }, getElementById: byId, querySelectorAll: () => [], hidden: false },
    fetch: () => new Promise(() => {}),
    setInterval() {},
    URLSearchParams,
    Intl,
  };
  vm.runInNewContext(script, world);
  return { language: () => world.document.documentElement.lang, turn: byId("language") };
}

for (const [search, begins] of [["", "vi"], ["?lang=en", "en"], ["?lang=vi", "vi"], ["?lang=%22fr", "vi"]]) {
  const page = open(search);
  assert.strictEqual(page.language(), begins, search);
  assert.strictEqual(page.turn.textContent, begins === "vi" ? "English" : "Tiếng Việt");
  page.turn.press();
  assert.strictEqual(page.language(), begins === "vi" ? "en" : "vi", search);
}
