// Results of surveys: counts alone, each with how many answered. Everything is set as text.
"use strict";

const words = {
  vi: {
    title: "Kết quả khảo sát", page: "Khảo sát – Trạm Công dân số", back: "Vận hành", none: "Chưa công bố khảo sát nào.",
    stale: "Không đọc được số liệu mới; bên dưới là số liệu cũ.", csv: "Tải số đếm (CSV)", asOf: (time) => `Cập nhật ${time}`,
    answers: (n, repeated) => `${n} câu trả lời` + (repeated ? ` · ${repeated} lần gửi lặp lại không tính` : ""),
    few: "Ít câu trả lời: không nên suy rộng.", shownUntil: (time) => `đến trước ${time}`, final: "kết quả cuối cùng",
    batch: (n) => `Kết quả hiện theo đợt, mỗi đợt ít nhất ${n} câu trả lời và khi đã có thêm chừng ấy câu trả lời đến sau, để không ai suy ra được câu trả lời của một người.`,
    tooFew: "Chưa đủ câu trả lời để hiện kết quả.", neverEnough: "Khảo sát đã kết thúc; không đủ câu trả lời để hiện kết quả.",
    signed: "có ghi tên", anonymous: "không ghi tên", once: "mỗi người một lần",
    numbers: (n) => `từ ${n.least} đến ${n.most} · trung bình ${n.mean} · trung vị ${n.median}`,
    texts: "Nội dung viết: chỉ xuất được bằng lệnh tram-gateway surveys results.",
  },
  en: {
    title: "Survey results", page: "Surveys – Citizen Station", back: "Operations", none: "No survey has been published.",
    stale: "New figures cannot be read; those below are old.", csv: "Download counts (CSV)", asOf: (time) => `As of ${time}`,
    answers: (n, repeated) => `${n} answers` + (repeated ? ` · ${repeated} repeated ones not counted` : ""),
    few: "Few answers: not to be generalised.", shownUntil: (time) => `before ${time}`, final: "final result",
    batch: (n) => `Results are shown in batches, each of at least ${n} answers and once as many have come after it, so that nobody can tell one person's answer from them.`,
    tooFew: "Too few answers to show results yet.", neverEnough: "The survey is over; there are too few answers to show results.",
    signed: "signed", anonymous: "anonymous", once: "once for each person",
    numbers: (n) => `${n.least} to ${n.most} · mean ${n.mean} · median ${n.median}`,
    texts: "What was written: only by the command tram-gateway surveys results.",
  },
};
const FEW = 10;
const byId = (id) => document.getElementById(id);
let language = "vi";
let state = null;

const time = (text) => new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB",
  { dateStyle: "short", timeStyle: "medium", timeZone: "Asia/Ho_Chi_Minh" }).format(new Date(text));
const number = (value) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 2 }).format(value);

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function bar(each, most) {
  const row = document.createElement("tr");
  const drawn = document.createElement("progress");
  drawn.max = Math.max(most, 1);
  drawn.value = each.count;
  drawn.setAttribute("aria-hidden", "true");
  const cell = document.createElement("td");
  cell.append(drawn);
  const label = element("th", each.label);
  label.scope = "row";
  row.append(label, cell, element("td", number(each.count)));
  return row;
}

function question(each) {
  const ours = words[language];
  const part = document.createElement("div");
  part.append(element("h3", each.text), element("p", `n = ${number(each.answered)}`, "muted"));
  if (each.bars.length > 0) {
    const table = document.createElement("table");
    const most = Math.max(...each.bars.map((one) => one.count));
    table.append(...each.bars.map((one) => bar(one, most)));
    part.append(table);
  } else if (each.numbers) {
    const told = Object.fromEntries(Object.entries(each.numbers).map(([key, value]) => [key, number(value)]));
    part.append(element("p", ours.numbers(told)));
  } else if (each.answered > 0) {
    part.append(element("p", ours.texts, "muted"));
  }
  return part;
}

function survey(each) {
  const ours = words[language];
  const card = element("section", "", "card");
  const kind = [each.signed ? ours.signed : ours.anonymous].concat(each.once ? [ours.once] : []).join(", ");
  if (!each.shown_until) {
    card.append(element("h2", each.title), element("p", kind, "muted"), element("p", each.over ? ours.neverEnough : ours.tooFew));
    return card;
  }
  const told = [ours.answers(number(each.answers), each.repeated), each.over ? ours.final : ours.shownUntil(time(each.shown_until)), kind];
  card.append(element("h2", each.title), element("p", told.join(" · "), "muted"));
  if (each.answers > 0 && each.answers < FEW) card.append(element("p", ours.few, "muted"));
  const link = element("a", ours.csv, "button");
  link.href = `/dashboard/surveys/${encodeURIComponent(each.id)}/counts.csv`;
  card.append(...each.questions.map(question), link);
  return card;
}

function render() {
  const ours = words[language];
  document.documentElement.lang = language;
  document.title = ours.page;
  for (const each of document.querySelectorAll("[data-words]")) each.textContent = ours[each.dataset.words];
  byId("language").textContent = language === "vi" ? "English" : "Tiếng Việt";
  byId("language").lang = language === "vi" ? "en" : "vi";
  if (!state) return;
  byId("none").hidden = state.surveys.length > 0;
  byId("batch").hidden = state.batch < 2;
  byId("batch").textContent = ours.batch(number(state.batch));
  byId("surveys").replaceChildren(...state.surveys.map(survey));
  byId("as-of").textContent = ours.asOf(time(state.as_of));
}

async function ask() {
  try {
    const answer = await fetch(`/dashboard/surveys/state?lang=${language}`, { cache: "no-store", credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    state = await answer.json();
    byId("stale").hidden = true;
  } catch {
    byId("stale").hidden = false;
  }
  render();
}

byId("language").addEventListener("click", () => { language = language === "vi" ? "en" : "vi"; render(); ask(); });
setInterval(() => { if (!document.hidden) ask(); }, 60000);
render();
ask();
