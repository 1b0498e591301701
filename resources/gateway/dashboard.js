// The operations page: kiosks, counts, calls. Everything is set as text; nothing of a resident is in what it fetches.
"use strict";

const words = {
  vi: {
    title: "Vận hành Trạm Công dân số", page: "Vận hành – Trạm Công dân số", reports: "Phản ánh", calls: "Gọi cán bộ",
    no_calls: "Chưa có ai gọi.", kiosks: "Các trạm", order: "Trạm im lặng lâu nhất đứng trước",
    stale: "Không đọc được số liệu mới; bên dưới là số liệu cũ.",
    heads: ["Trạm", "Phường", "Nghe lần cuối", "Chờ gửi", "Cần xem", "Đĩa trống", "Nội dung", "Phiên bản"],
    counts: { stored: "Đang mở", quarantined: "Cần người xem", set_aside: "Đã để riêng", waiting: "Chờ 1022", followed: "1022 đang xử lý", done: "Đã xong" },
    never: "chưa bao giờ", revoked: "đã thu hồi", help: "cần giúp", asOf: (time) => `Cập nhật ${time}`,
    surveys: "Kết quả khảo sát", damaged: "kho bị hỏng",
    faults: { screen: "màn hình", touch: "cảm ứng", camera: "camera", printer: "máy in", sound: "âm thanh", slow: "chậm", wrong_information: "thông tin sai", other: "báo hỏng khác" },
    backup: "Bản sao lưu mới nhất", no_backup: "chưa có",
  },
  en: {
    title: "Citizen Station operations", page: "Operations – Citizen Station", reports: "Reports", calls: "Calls for an officer",
    no_calls: "Nobody has called.", kiosks: "Stations", order: "Longest silent first",
    stale: "New figures cannot be read; those below are old.",
    heads: ["Station", "Ward", "Last heard", "Waiting", "Needs attention", "Free disk", "Content", "Version"],
    counts: { stored: "Being opened", quarantined: "Needs a person", set_aside: "Set aside", waiting: "Waiting for 1022", followed: "With 1022", done: "Done" },
    never: "never", revoked: "revoked", help: "help wanted", asOf: (time) => `As of ${time}`,
    surveys: "Survey results", damaged: "damaged store",
    faults: { screen: "screen", touch: "touch", camera: "camera", printer: "printer", sound: "sound", slow: "slow", wrong_information: "wrong information", other: "another fault" },
    backup: "Newest backup", no_backup: "none yet",
  },
};
const LATE_MS = 5 * 60 * 1000;
const byId = (id) => document.getElementById(id);
let language = "vi";
let state = null;

const time = (text) => new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB",
  { dateStyle: "short", timeStyle: "medium", timeZone: "Asia/Ho_Chi_Minh" }).format(new Date(text));
const gigabytes = (bytes) => bytes === undefined ? "–" : `${(bytes / 1e9).toFixed(1)} GB`;

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function kioskRow(kiosk) {
  const ours = words[language];
  const late = !kiosk.last_heard || new Date(state.as_of) - new Date(kiosk.last_heard) > LATE_MS;
  const heard = kiosk.revoked ? ours.revoked : kiosk.last_heard ? time(kiosk.last_heard) : ours.never;
  const attention = kiosk.needs_attention ?? "–";
  const worries = [...(kiosk.damaged_stores ? [ours.damaged] : []),
    ...new Set((kiosk.faults ?? []).map((part) => ours.faults[part] ?? part))];
  const row = document.createElement("tr");
  row.append(element("td", kiosk.station), element("td", kiosk.ward),
    element("td", late && !kiosk.revoked ? `⚠ ${heard}` : heard, late && !kiosk.revoked ? "late" : ""),
    element("td", kiosk.waiting ?? "–"), element("td", [attention, ...worries].join(" · ⚠ "), worries.length ? "late" : ""),
    element("td", gigabytes(kiosk.free_disk_bytes)),
    element("td", kiosk.content_version ? `${kiosk.content_version} · ${time(kiosk.content_signed_at)}` : "–"), element("td", kiosk.version ?? "–"));
  return row;
}

function callItem(call) {
  const item = document.createElement("li");
  item.append(element("b", `${call.station} – ${words[language][call.reason] || call.reason}`),
    element("span", `${time(call.at)} · ${call.ward}`, "muted"));
  return item;
}

function render() {
  const ours = words[language];
  document.documentElement.lang = language;
  document.title = ours.page;
  for (const each of document.querySelectorAll("[data-words]")) each.textContent = ours[each.dataset.words];
  byId("language").textContent = language === "vi" ? "English" : "Tiếng Việt";
  byId("language").lang = language === "vi" ? "en" : "vi";
  byId("heads").replaceChildren(...ours.heads.map((head) => element("th", head)));
  if (!state) return;
  const counts = { ...state.envelopes, ...state.reports };
  byId("counts").replaceChildren(...Object.entries(ours.counts).flatMap(([key, name]) =>
    [element("dt", name), element("dd", counts[key])]));
  byId("counts").append(element("dt", ours.backup), element("dd", state.backed_up_through ? time(state.backed_up_through) : ours.no_backup));
  byId("kiosks").replaceChildren(...state.kiosks.map(kioskRow));
  byId("calls").replaceChildren(...state.calls.map(callItem));
  byId("no-calls").hidden = state.calls.length > 0;
  byId("as-of").textContent = ours.asOf(time(state.as_of));
}

async function ask() {
  try {
    const answer = await fetch("/dashboard/state", { cache: "no-store", credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    state = await answer.json();
    byId("stale").hidden = true;
  } catch {
    byId("stale").hidden = false;
  }
  render();
}

byId("language").addEventListener("click", () => { language = language === "vi" ? "en" : "vi"; render(); });
setInterval(() => { if (!document.hidden) ask(); }, 5000);
render();
ask();
