// Shows where one dossier stands. Everything that comes from outside is set as text, never as markup. The page is asked for
// once, and again only by its button: dossiers move by days.
"use strict";

const say = (key, values = {}) =>
  (words[language][key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

const byId = (id) => document.getElementById(id);
const code = decode(location.pathname.split("/").pop() || "").slice(0, 100);
let language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi";
let shown = { notice: "loading" };

function decode(text) { try { return decodeURIComponent(text); } catch { return text; } }

function setText(id, text) { byId(id).textContent = text; }

function format(text, options) {
  const date = new Date(text);
  if (isNaN(date)) return text;
  return new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", { ...options, timeZone: "Asia/Ho_Chi_Minh" }).format(date);
}
const kDay = { day: "numeric", month: "numeric", year: "numeric" };
const time = (text) => format(text, { hour: "2-digit", minute: "2-digit", ...kDay });
const day = (text) => format(text.length === 10 ? text + "T00:00:00+07:00" : text, kDay);

function fact(list, name, value) {
  if (!value) return;
  const term = document.createElement("dt");
  const detail = document.createElement("dd");
  term.textContent = name;
  detail.textContent = value;
  list.append(term, detail);
}

const nameOf = (state, said) => state === "unknown" && said ? said : say("dossier.state." + state);

function step(event) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  const when = document.createElement("span");
  name.textContent = nameOf(event.state, event.said);
  when.className = "muted";
  when.textContent = [time(event.at), event.office].filter(Boolean).join(" · ");
  item.append(name, when);
  return item;
}

function paper(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

// Late begins with the first working day after the promised one.
function promised(dossier) {
  if (!dossier.promised) return "";
  const left = dossier.working_days;
  const count = left === undefined ? "" : left < 0 ? say("phone.dossier.late", { count: -left })
    : left > 0 ? say("phone.dossier.left", { count: left })
    : day(dossier.promised) === day(new Date().toISOString()) ? say("phone.dossier.today") : "";
  const rough = count && dossier.working_days_rough ? say("phone.dossier.rough") : "";
  return [day(dossier.promised), count, rough].filter(Boolean).join(" · ");
}

function renderTask(task) {
  byId("task").hidden = !task;
  if (!task) return;
  byId("papers").replaceChildren(...task.papers.map(paper));
  const facts = byId("task-facts");
  facts.replaceChildren();
  const money = new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(task.fee) + " đ";
  fact(facts, say("phone.dossier.fee"), task.fee > 0 ? money : "");
  fact(facts, say("phone.dossier.where"), task.where);
  fact(facts, say("phone.dossier.by"), task.by ? day(task.by) : "");
}

function renderNotice(kind) {
  const own = (end) => words[language]["phone.dossier." + kind + end] ?? say("phone." + kind + end);
  byId("notice").hidden = false;
  byId("dossier").hidden = true;
  byId("again").hidden = kind === "loading";
  setText("notice-title", own(""));
  setText("notice-text", kind === "loading" ? "" : own(".text"));
  setText("source", "");
}

function renderDossier(dossier) {
  byId("notice").hidden = true;
  byId("dossier").hidden = false;
  byId("state").dataset.state = { finished: "answered", handed_over: "answered" }[dossier.state] ?? (dossier.task ? "refused" : dossier.state);
  setText("code", dossier.code);
  setText("state-title", nameOf(dossier.state, dossier.said));
  setText("procedure", dossier.procedure);
  renderTask(dossier.task);
  const facts = byId("facts");
  facts.replaceChildren();
  fact(facts, say("phone.dossier.promised"), promised(dossier));
  fact(facts, say("phone.dossier.received"), dossier.received ? time(dossier.received) : "");
  fact(facts, say("phone.dossier.finished"), dossier.finished ? time(dossier.finished) : "");
  fact(facts, say("phone.dossier.office"), dossier.office);
  facts.parentElement.hidden = facts.childElementCount === 0;
  byId("events").replaceChildren(...dossier.events.map(step).reverse());
  byId("events-card").hidden = dossier.events.length === 0;
  setText("source", say("follow.status.source", { source: dossier.source, time: time(dossier.as_of) }));
}

function render() {
  document.documentElement.lang = language;
  document.title = say("phone.dossier.page");
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = say(element.dataset.words);
  const other = byId("language");
  other.textContent = language === "vi" ? "English" : "Tiếng Việt";
  other.lang = language === "vi" ? "en" : "vi";
  setText("code", code);
  if (shown.notice) renderNotice(shown.notice);
  else renderDossier(shown.dossier);
}

async function noticeFor(answer) {
  if (answer.status === 404) return "missing";
  if (answer.status === 429) return "many";
  const problem = answer.status === 503 ? await answer.json().catch(() => ({})) : {};
  return problem.type === "urn:tram:problem:source_silent" ? "silent" : "offline";
}

async function ask() {
  try {
    const answer = await fetch(`/v1/dossiers/${encodeURIComponent(code || "-")}`,
      { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
    shown = answer.ok ? { dossier: await answer.json() } : { notice: await noticeFor(answer) };
  } catch {
    shown = { notice: "offline" };
  }
  render();
}

byId("language").addEventListener("click", () => { language = language === "vi" ? "en" : "vi"; render(); });
byId("again").addEventListener("click", () => { shown = { notice: "loading" }; render(); ask(); });
render();
ask();
