// Shows where one report stands. Everything that comes from outside is set as text, never as markup. The receipt's
// secret stands in the link's fragment, which browsers do not send; it goes to our own server in a header only.
"use strict";

const words = {
  vi: {
    title: "Theo dõi phản ánh", page: "Theo dõi phản ánh – Trạm Công dân số", code: "Mã theo dõi",
    history: "Quá trình", text: "Nội dung đã gửi", place: "Địa điểm", again: "Thử lại",
    closed: "Nội dung, địa điểm và trả lời chỉ mở được bằng mã QR trên biên nhận.",
    danger: "Nguy hiểm đến tính mạng, cháy, điện rò: gọi 112–115 ngay.",
    number: "Số của 1022", unit: "Đơn vị", due: "Hẹn trả lời", answer: "Trả lời", reason: "Lý do từ chối",
    source: (source, time) => `Nguồn ${source} · cập nhật ${time}`,
    states: {
      received: ["Cổng đã nhận", "Cổng thành phố đã nhận phản ánh và đang chuyển tới 1022."],
      accepted: ["1022 đã tiếp nhận", "1022 đã ghi nhận và sẽ chuyển tới đơn vị phụ trách."],
      forwarded: ["Đã chuyển đơn vị phụ trách", "Đơn vị phụ trách sẽ kiểm tra và trả lời."],
      in_progress: ["Đang xử lý", "Đơn vị phụ trách đang xử lý."],
      answered: ["Đã trả lời", "Đơn vị phụ trách đã trả lời phản ánh này."],
      refused: ["Không xử lý được", "Đơn vị phụ trách đã nêu lý do."],
    },
    notices: {
      missing: ["Chưa thấy phản ánh này", "Mã chưa có tại cổng. Nếu vừa gửi lúc trạm mất mạng, phản ánh vẫn được giữ tại trạm và sẽ tự gửi. Xin kiểm tra lại mã, hoặc thử lại sau."],
      many: ["Đã thử quá nhiều lần", "Để bảo vệ phản ánh của mọi người, xin đợi một lúc rồi thử lại."],
      offline: ["Chưa kết nối được", "Không có gì bị mất. Xin kiểm tra mạng của điện thoại rồi thử lại."],
    },
    loading: ["Đang mở…", ""],
  },
  en: {
    title: "Follow a report", page: "Follow a report – Citizen Station", code: "Tracking code",
    history: "What happened", text: "What was sent", place: "Place", again: "Try again",
    closed: "Text, place and answer open only with the QR code on the receipt.",
    danger: "Danger to life, fire, live wires: call 112–115 now.",
    number: "1022's number", unit: "Unit", due: "Answer promised by", answer: "Answer", reason: "Reason for refusal",
    source: (source, time) => `Source ${source} · as of ${time}`,
    states: {
      received: ["The city has it", "The city's gateway has the report and is passing it to 1022."],
      accepted: ["1022 has taken it", "1022 has recorded it and will pass it to the unit in charge."],
      forwarded: ["Passed to the unit in charge", "The unit in charge will look into it and answer."],
      in_progress: ["In progress", "The unit in charge is working on it."],
      answered: ["Answered", "The unit in charge has answered this report."],
      refused: ["Could not be dealt with", "The unit in charge gave a reason."],
    },
    notices: {
      missing: ["This report is not here yet", "The city does not know this code. If the station was offline, the report is safe there and goes by itself. Please check the code, or try again later."],
      many: ["Too many tries", "To protect everybody's reports, please wait a while and try again."],
      offline: ["No connection", "Nothing is lost. Please check the phone's connection and try again."],
    },
    loading: ["Opening…", ""],
  },
};

const byId = (id) => document.getElementById(id);
const code = decodeURIComponent(location.pathname.split("/").pop() || "").toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, 10);
const secret = /^[A-Za-z0-9_-]{22}$/.test(location.hash.slice(1)) ? location.hash.slice(1) : "";
let language = "vi";
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
  name.textContent = (words[language].states[event.state] || [event.state])[0];
  when.className = "muted";
  when.textContent = [time(event.at), event.unit].filter(Boolean).join(" · ");
  item.append(name, when);
  return item;
}

function renderNotice(kind) {
  const [title, text] = kind === "loading" ? words[language].loading : words[language].notices[kind];
  byId("notice").hidden = false;
  byId("report").hidden = true;
  byId("again").hidden = kind === "loading";
  setText("notice-title", title);
  setText("notice-text", text);
  setText("source", "");
}

function renderReport(report) {
  const ours = words[language];
  const [title, text] = ours.states[report.state] || [report.state, ""];
  byId("notice").hidden = true;
  byId("report").hidden = false;
  byId("state").dataset.state = report.state;
  setText("state-title", title);
  setText("state-text", text);
  const facts = byId("facts");
  facts.replaceChildren();
  fact(facts, ours.number, report.external_number);
  fact(facts, ours.unit, report.unit);
  fact(facts, ours.due, report.due && !["answered", "refused"].includes(report.state) ? time(report.due) : "");
  facts.parentElement.hidden = facts.childElementCount === 0;
  byId("history").replaceChildren(...report.history.map(step));
  renderOpened(report);
  setText("source", ours.source(report.source, time(report.as_of)));
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
  setText("answer-title", report.state === "refused" ? words[language].reason : words[language].answer);
}

function render() {
  document.documentElement.lang = language;
  document.title = words[language].page;
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = words[language][element.dataset.words];
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
