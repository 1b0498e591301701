// The page that shows a dossier, in a browser that is none: its language, what it shows of an answer, and how it words what
// went wrong.
"use strict";
const fs = require("fs"), path = require("path"), vm = require("vm"), assert = require("assert");

const script = fs.readFileSync(path.join(process.argv[2], "resources/gateway/dossier.js"), "utf8");
const words = {};
for (const language of ["vi", "en"]) {
  const text = fs.readFileSync(path.join(process.argv[2], `resources/locale/${language}.po`), "utf8");
  words[language] = Object.fromEntries([...text.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)].map((entry) => [entry[1], entry[2]]));
}

function element() {
  return {
    dataset: {}, hidden: false, textContent: "", lang: "", children: [], parentElement: { hidden: false },
    addEventListener(_, run) { this.press = run; },
    append(...more) { this.children.push(...more); },
    replaceChildren(...all) { this.children = all; },
    get childElementCount() { return this.children.length; },
    get all() { return this.textContent + this.children.map((child) => " " + child.all).join(""); },
  };
}

async function open(place, search, answer) {
  const elements = new Map();
  const byId = (id) => elements.get(id) ?? elements.set(id, element()).get(id);
  const asked = [];
  const world = {
    words, Intl, URLSearchParams,
    location: { pathname: "/h/" + place, search },
    document: { documentElement: { lang: "" }, getElementById: byId, querySelectorAll: () => [], createElement: element },
    fetch: (where) => { asked.push(where); return answer(); },
  };
  vm.runInNewContext(script, world);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { of: (id) => byId(id).all, hidden: (id) => byId(id).hidden, press: (id) => byId(id).press(), asked, world };
}

const replies = (status, body) => async () => ({ ok: status === 200, status, json: async () => body });
const dossier = {
  code: "H29.168-261105-0042", procedure: "<b>Đất đai</b>", state: "papers_asked", received: "2026-11-05T08:15:00+07:00",
  promised: "2026-12-01", working_days: -2, working_days_rough: true, office: "Phòng Kinh tế", source: "Một cửa", as_of: "2026-12-03T09:40:00+07:00",
  task: { papers: ["Giấy chứng nhận"], fee: 15000, by: "2026-12-09", where: "Quầy 3" },
  events: [{ state: "received", at: "2026-11-05T08:15:00+07:00", office: "Quầy 3" }, { state: "unknown", said: "Chờ ký số", at: "2026-11-06T08:00:00+07:00" }],
};

(async () => {
  for (const [search, begins] of [["", "vi"], ["?lang=en", "en"], ["?lang=%22fr", "vi"]]) {
    const page = await open("H29.168-261105-0042", search, replies(200, dossier));
    assert.strictEqual(page.world.document.documentElement.lang, begins);
    page.press("language");
    assert.strictEqual(page.world.document.documentElement.lang, begins === "vi" ? "en" : "vi");
  }
  const page = await open("h29.168%20-%20261105-0042", "", replies(200, dossier));
  assert.deepStrictEqual(page.asked, ["/v1/dossiers/h29.168%20-%20261105-0042"]);
  assert.strictEqual(page.of("code"), "H29.168-261105-0042");
  assert.strictEqual(page.of("state-title"), "Yêu cầu bổ sung giấy tờ");
  assert.strictEqual(page.of("procedure"), "<b>Đất đai</b>"); // text, never markup
  assert.match(page.of("papers"), /Giấy chứng nhận/);
  assert.match(page.of("task-facts"), /15\.000 đ.*Quầy 3.*9\/12\/2026/);
  assert.match(page.of("facts"), /1\/12\/2026 · trễ 2 ngày làm việc · chưa trừ hết ngày nghỉ lễ/);
  assert.match(page.of("events"), /Chờ ký số.*Được tiếp nhận/); // newest first
  assert.match(page.of("source"), /Một cửa/);
  const bare = await open("x", "", replies(200, { ...dossier, task: undefined, events: [], promised: undefined }));
  assert.ok(bare.hidden("task") && bare.hidden("events-card"));
  for (const [status, body, key] of [[404, {}, "phone.dossier.missing"], [429, {}, "phone.many"], [503, {}, "phone.offline"],
    [503, { type: "urn:tram:problem:source_silent" }, "phone.dossier.silent"]]) {
    const failed = await open("x", "", replies(status, body));
    assert.strictEqual(failed.of("notice-title"), words.vi[key]);
    assert.ok(failed.of("notice-text").length > 20 && !failed.of("notice-text").includes("phone."));
  }
  assert.strictEqual((await open("%E0%A4%A", "", () => Promise.reject(new Error()))).of("notice-title"), words.vi["phone.offline"]);
})().catch((fault) => { console.error(fault); process.exit(1); });
