// Shows where one report stands. Everything that comes from outside is set as text, never as markup. The receipt's
// secret stands in the link's fragment, which browsers do not send; it goes to our own server in a header only.
"use strict";

// words.js has the kiosk's own words for it: what two pages say of one report is written once.
const say = (key, values = {}) =>
  (words[language][key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

const nameOf = (source) => words[language]["follow.source." + source] ?? source;

const byId = (id) => document.getElementById(id);
const code = decodeURIComponent(location.pathname.split("/").pop() || "").toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, 10);
const secret = /^[A-Za-z0-9_-]{22}$/.test(location.hash.slice(1)) ? location.hash.slice(1) : "";
let language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi";
let shown = { notice: "loading" };

function setText(id, text) { byId(id).textContent = text; }

function time(text) {
  const date = new Date(text);
  if (isNaN(date)) return text;
  const locale = language === "vi" ? "vi-VN" : "en-GB";
  const options = { hour: "2-digit", minute: "2-digit", day: "numeric", month: "numeric", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" };
  return new Intl.DateTimeFormat(locale, options).format(date);
}

function fact(list, name, value) {
  if (!value) return;
  const term = document.createElement("dt");
  const detail = document.createElement("dd");
  term.textContent = name;
  detail.textContent = value;
  list.append(term, detail);
}

function step(event) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  const when = document.createElement("span");
  name.textContent = say("state." + event.state);
  when.className = "muted";
  when.textContent = [time(event.at), event.unit && nameOf(event.unit)].filter(Boolean).join(" · ");
  item.append(name, when);
  return item;
}

function renderNotice(kind) {
  byId("notice").hidden = false;
  byId("report").hidden = true;
  byId("again").hidden = kind === "loading";
  setText("notice-title", say("phone." + kind));
  setText("notice-text", kind === "loading" ? "" : say("phone." + kind + ".text"));
  setText("source", "");
}

function renderReport(report) {
  byId("notice").hidden = true;
  byId("report").hidden = false;
  byId("state").dataset.state = report.state;
  setText("state-title", say("state." + report.state));
  setText("state-text", say(report.source === "rights" ? "rights.explain." + report.state : "state." + report.state + ".explain"));
  const facts = byId("facts");
  facts.replaceChildren();
  fact(facts, say("follow.status.number"), report.external_number);
  fact(facts, say("follow.status.unit"), report.unit);
  fact(facts, say("follow.status.due"), report.due && !["answered", "refused"].includes(report.state) ? time(report.due) : "");
  facts.parentElement.hidden = facts.childElementCount === 0;
  byId("history").replaceChildren(...report.history.map(step));
  renderOpened(report);
  setText("source", say("follow.status.source", { source: nameOf(report.source), time: time(report.as_of) }));
}

function renderOpened(report) {
  const opened = report.opened;
  byId("opened").hidden = !opened;
  byId("closed").hidden = Boolean(opened);
  byId("answer-card").hidden = !(opened && opened.answer);
  if (!opened) return;
  setText("text", opened.text);
  setText("place", opened.place || "–");
  setText("answer", opened.answer);
  setText("answer-title", say(report.state === "refused" ? "phone.reason" : "phone.answer"));
}

function render() {
  document.documentElement.lang = language;
  document.title = say("phone.page");
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = say(element.dataset.words);
  const other = byId("language");
  other.textContent = language === "vi" ? "English" : "Tiếng Việt";
  other.lang = language === "vi" ? "en" : "vi";
  setText("code", [code.slice(0, 3), code.slice(3, 6), code.slice(6, 9), code.slice(9)].filter(Boolean).join("-"));
  if (shown.notice) renderNotice(shown.notice);
  else renderReport(shown.report);
}

async function ask() {
  const headers = secret ? { "Receipt-Secret": secret } : {};
  try {
    const answer = await fetch(`/v1/feedback/${encodeURIComponent(code || "-")}`,
      { headers, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
    if (answer.status === 404) shown = { notice: "missing" };
    else if (answer.status === 429) shown = { notice: "many" };
    else if (answer.ok) shown = { report: await answer.json() };
    else shown = { notice: "offline" };
  } catch {
    shown = { notice: "offline" };
  }
  render();
}

byId("language").addEventListener("click", () => { language = language === "vi" ? "en" : "vi"; render(); });
byId("again").addEventListener("click", () => { shown = { notice: "loading" }; render(); ask(); });
// A finished report does not change any more; an open one is asked about again, but only while somebody looks.
setInterval(() => {
  const open = shown.report && !["answered", "refused"].includes(shown.report.state);
  if (open && !document.hidden) ask();
}, 15000);
render();
ask();
