// What people write: with keys, and into files that are read at the start.
#include "../Fixed.h"
#include "Corpus.h"

namespace tram::seeds {

void textCorpus(Corpus into) {
    for (const int choice : {0, 1, 2, 7, 9}) {
        into.add(choice, "Phường Xuân Hoà, quận 3");
        into.add(choice,
                 "Nu\xCC\x9Bo\xCC\x9B\xCC\x81"
                 "c ngập 👨‍👩‍👧‍👦\r\n\ttừ sáng\xE2\x80\xAE");
    }
    into.add(3, "K7M-3Q9-X2T-W");
    into.add(3, "k7m 3q9 x2t w");
    into.add(4, fixed::kTime);
    into.add(4, "2026-11-21T02:41:07Z");
    into.add(5, fixed::kId);
    into.add(6, "ddaay laf Vieejt Nam\nwow http://a.b toois\x08\x08\n");
    into.add(8, "O0-1Il uU");
}

void typingCorpus(Corpus into) {
    into.add(0, "nguwowif tooi ddi hocj, wow Tieengs Vieejt\x08\x08 thuowngf");
    into.add(1, "Tie6ng1 Vie6t5 d9u7o7ng2 a8\x08");
    into.add(0, "to\xF1i \xE3\xE4\xF3\x08");
    into.add(2, "plain text");
}

void configCorpus(Corpus into) {
    const std::string kiosk = R"({
  "gateway_url": "https://tram.example.gov.vn", "data_dir": "/var/lib/tram", "runtime_dir": "/run/tram",
  "controller": {"name": "UBND Phường Bàn Cờ", "contact": "028 0000"}, "retention": {"delivered_days": 45, "appointment_days": 60, "watch_days": 90},
  "language": "en", "idle_seconds": 90, "countdown_seconds": 30, "theme": "contrast", "new_tone_style": true,
  "display": {"px_per_mm": 2.7, "viewing_mm": 600}, "hotlines": [{"number": "1022", "vi": "a", "en": "b"}]
})";
    for (const int choice : {0, 1}) {
        into.add(choice, kiosk);
        into.add(
            choice,
            R"({"demo": true, "gateway_url": "http://127.0.0.1:8022", "data_dir": "/a", "runtime_dir": "/b"})");
    }
    into.add(
        2,
        R"({"data_dir": "/a", "public_url": "https://x.vn", "listen": "127.0.0.1:8023", "connector": "demo-1022",
  "clock_speed": 2.5, "kiosk_quota_bytes": 1000, "budgets": {"misses_per_address": 5, "window_s": 60}})");
    into.add(
        3,
        R"({"name":"Q","board_url":"https://q.vn/{office}","board":{"desks":"/d","days":"/n"},"dates":["DD/MM/YYYY"],)"
        R"("desk":{"id":"/i","name":"/n","open":"/o","waiting":"/w","procedures":"/p"},"day":{"day":"/n","morning":"/s"},)"
        R"("take":{"url":"https://q.vn/t","body":{"i":"{id}"}},"ticket":{"number":"/so","ahead":"/a","refused":"/r"},)"
        R"("refusals":{"X":"closed"},"request":{"url":"https://q.vn/r","body":{"i":"{id}"}},"halves":{"morning":"S",)"
        R"("afternoon":"C"},"standing_url":"https://q.vn/s/{reference}","standing":{"state":"/t","day":"/n"},)"
        R"("states":{"OK":"confirmed"}})"
        "\n"
        R"({"d":[{"i":"a","n":"Quầy","o":1,"w":"3","p":["x"]}],"n":[{"n":"02/12/2026","s":true}],"so":7,"a":2,"t":"OK"})");
    into.add(
        4,
        R"({"channels":["sms"],"url":"https://s.vn/","body":{"to":"{to}","m":"{text}"},"templates":{"dossier_late":"T"}})");
}

/// The first of two texts ends with its line.
void themeCorpus(Corpus into) {
    const auto light = resource("theme/light.json");
    auto contrast = resource("theme/contrast.json");
    std::erase(contrast, '\n');
    into.add(0, light);
    into.add(1, contrast + "\n" + light);
}

}  // namespace tram::seeds
