#include "device/KioskConfig.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "device/GatewayUrl.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using base::ProblemKind;
using device::KioskConfig;

namespace {

/// Every key there is.
const std::string kComplete = R"({
  "demo": false,
  "gateway_url": "https://tram.tphcm.gov.vn/api",
  "ca_file": "/etc/tram/ca.pem",
  "data_dir": "/var/lib/tram",
  "runtime_dir": "/run/tram",
  "sample_dir": "/usr/share/tram/demo/pictures",
  "language": "en",
  "idle_seconds": 90,
  "countdown_seconds": 25,
  "display": { "px_per_mm": 2.7, "viewing_mm": 600 },
  "theme": "contrast",
  "new_tone_style": true,
  "controller": {
    "name": "Ủy ban nhân dân phường Bàn Cờ",
    "contact": "28 Nguyễn Thị Minh Khai, (028) 3930 1234"
  },
  "retention": { "delivered_days": 45, "appointment_days": 60, "watch_days": 90 },
  "hotlines": [
    { "number": "113", "vi": "Công an", "en": "Police" },
    { "number": "02839301234", "vi": "Trực ban phường", "en": "Ward duty officer" }
  ],
  "camera": { "source": "device", "path": "/dev/video0", "turned": 90 }, "sound": false, "content": { "poll_seconds": 60 },
  "printer": { "queue": "Quay-1", "stock": "a4", "server": "/run/cups/other.sock" }, "scan": {
    "dossier_patterns": ["H29-[0-9]{6}-[0-9]{4}"],
    "government_hosts": ["dichvucong.gov.vn", "hochiminhcity.gov.vn"]
  },
  "wifi": { "name": "Phuong Ban Co", "password": "12345678" },
  "guides": { "group": "Khu phố 3", "link_hosts": ["vneid.gov.vn"],
    "apps": [{ "guide": "cong-dan-so", "android": "vn.ex.ample", "ios": "1234567890" }] },
  "turns": { "office": "27154" }
})";

const std::string kDemo = R"({
  "demo": true,
  "gateway_url": "http://127.0.0.1:8443",
  "data_dir": "/tmp/d",
  "runtime_dir": "/tmp/r"
})";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

base::Problem problem(const std::string& json) {
    const auto config = KioskConfig::parse(json, "/etc/tram/kiosk.json");
    INFO(json);
    REQUIRE_FALSE(config);
    CHECK(config.error().kind == ProblemKind::BadConfig);
    CHECK(config.error().fact("path") == "/etc/tram/kiosk.json");
    return config.error();
}

void checkProblem(const std::string& json, std::string_view key, std::string_view line,
                  std::string_view expected) {
    const auto found = problem(json);
    CHECK(found.fact("key") == key);
    CHECK(found.fact("line") == line);
    CHECK(found.fact("expected") == expected);
}

}  // namespace

TEST_CASE("every key is read") {
    const auto config = KioskConfig::parse(kComplete, "x");
    REQUIRE(config);
    CHECK_FALSE(config->demo);
    CHECK(config->scan.dossierPatterns == std::vector<std::string>{"H29-[0-9]{6}-[0-9]{4}"});
    CHECK(config->scan.governmentHosts ==
          std::vector<std::string>{"dichvucong.gov.vn", "hochiminhcity.gov.vn"});
    CHECK(config->gatewayUrl == "https://tram.tphcm.gov.vn/api");
    CHECK(config->caFile == "/etc/tram/ca.pem");
    CHECK(config->dataDir == "/var/lib/tram");
    CHECK(config->runtimeDir == "/run/tram");
    CHECK(config->sampleDir == "/usr/share/tram/demo/pictures");
    CHECK(config->language == "en");
    CHECK(config->idle == base::Millis(90s));
    CHECK(config->countdown == base::Millis(25s));
    CHECK(config->pxPerMm == 2.7);
    CHECK(config->viewingMm == 600);
    CHECK(config->theme == "contrast");
    CHECK(config->newToneStyle);
    CHECK(config->controller.name == "Ủy ban nhân dân phường Bàn Cờ");
    CHECK(config->controller.contact == "28 Nguyễn Thị Minh Khai, (028) 3930 1234");
    CHECK(config->retention.deliveredDays == 45);
    CHECK(config->retention.appointmentDays == 60);
    CHECK(config->retention.watchDays == 90);
    REQUIRE(config->camera);
    CHECK(config->camera->source == KioskConfig::Camera::Source::Device);
    CHECK(config->camera->path == "/dev/video0");
    CHECK(config->camera->turned == 90);
    CHECK_FALSE(config->sound);
    REQUIRE(config->printer);
    CHECK(config->printer->queue == "Quay-1");
    CHECK(config->printer->stock == paper::Stock::A4);
    CHECK(config->printer->server == "/run/cups/other.sock");
    CHECK(config->contentPoll == 60s);
    REQUIRE(config->wifi);
    CHECK(config->wifi->name == "Phuong Ban Co");
    CHECK(config->wifi->password == "12345678");
    CHECK(config->guides.group == "Khu phố 3");
    CHECK(config->turns.office == "27154");
    CHECK(config->guides.linkHosts == wire::LinkHosts{"vneid.gov.vn"});
    REQUIRE(config->guides.apps.size() == 1);
    CHECK(config->guides.apps[0].guide == "cong-dan-so");
    CHECK(config->guides.apps[0].android == "vn.ex.ample");
    CHECK(config->guides.apps[0].ios == "1234567890");
    REQUIRE(config->hotlines.size() == 2);
    CHECK(config->hotlines[1].number == "02839301234");
    CHECK(config->hotlines[1].labelVi == "Trực ban phường");
    CHECK(config->hotlines[1].labelEn == "Ward duty officer");
}

TEST_CASE("the demo runs with four keys, and the rest has its defaults") {
    const auto config = KioskConfig::parse(kDemo, "x");
    REQUIRE(config);
    CHECK(config->language == "vi");
    CHECK(config->idle == base::Millis(120s));
    CHECK(config->countdown == base::Millis(30s));
    CHECK(config->theme == "light");
    CHECK(config->pxPerMm == 0);
    CHECK(config->hotlines.empty());
    CHECK_FALSE(config->camera);
    CHECK_FALSE(config->printer);
    CHECK_FALSE(config->place);
    CHECK(config->sound);
    CHECK_FALSE(config->wifi);
    CHECK(config->guides.linkHosts == wire::usualLinkHosts());
}

TEST_CASE("a camera says where its pictures come from") {
    const auto with = [](const std::string& camera) {
        return replaced(kDemo, "\"/tmp/r\"", "\"/tmp/r\",\n\"camera\": " + camera);
    };
    const auto scene = KioskConfig::parse(with(R"({"source": "scene"})"), "x");
    REQUIRE(scene);
    CHECK(scene->camera->source == KioskConfig::Camera::Source::Scene);
    CHECK(scene->camera->turned == 0);
    checkProblem(with("{}"), "camera.source", "6", "present");
    checkProblem(with(R"({"source": "video"})"), "camera.path", "6", "present");
    checkProblem(with(R"({"source": "web"})"), "camera.source", "6", "one_of");
    checkProblem(with(R"({"source": "device", "path": "video0"})"), "camera.path", "6", "absolute_path");
    for (const char* turned : {"45", "360", "-90", "\"90\""})
        checkProblem(with(R"({"source": "scene", "turned": )" + std::string(turned) + "}"), "camera.turned",
                     "6", "one_of");
    // A made-up scene at a station in service would be a lie.
    checkProblem(replaced(kComplete, R"("source": "device")", R"("source": "scene")"), "camera.source", "23",
                 "one_of");
}

TEST_CASE("a printer is a queue and what it is fed with, and no queue is no printer") {
    const auto with = [](const std::string& printer) {
        return replaced(kDemo, "\"/tmp/r\"", "\"/tmp/r\",\n\"printer\": " + printer);
    };
    const auto roll = KioskConfig::parse(with(R"({"queue": "bien-lai", "stock": "thermal80"})"), "x");
    REQUIRE(roll);
    CHECK(roll->printer->stock == paper::Stock::Thermal80);
    CHECK(roll->printer->server.empty());
    const auto none = KioskConfig::parse(with(R"({"queue": ""})"), "x");
    REQUIRE(none);
    CHECK_FALSE(none->printer);
    checkProblem(with("true"), "printer", "6", "object");
    checkProblem(with("{}"), "printer.queue", "6", "present");
    checkProblem(with(R"({"queue": "a"})"), "printer.stock", "6", "present");
    checkProblem(with(R"({"queue": "a", "stock": "letter"})"), "printer.stock", "6", "one_of");
    checkProblem(with(R"({"queue": "a", "stock": "a4", "server": "cups"})"), "printer.server", "6",
                 "absolute_path");
    for (const char* queue : {"a/b", "máy", "a b", "a#b", "a?b"})
        checkProblem(with(R"({"stock": "a4", "queue": ")" + std::string(queue) + "\"}"), "printer.queue", "6",
                     "queue_name");
}

TEST_CASE("a station can tell its place, and what leads a phone somewhere") {
    const auto with = [](const std::string& more) {
        return replaced(kDemo, "\"/tmp/r\"", "\"/tmp/r\",\n" + more);
    };
    const auto placed = KioskConfig::parse(with(R"("place": {"latitude": 10.77, "longitude": 106.68})"), "x");
    REQUIRE(placed);
    CHECK(placed->place->latitude == 10.77);
    CHECK(placed->place->longitude == 106.68);
    checkProblem(with(R"("place": {"latitude": 10.77})"), "place.longitude", "6", "present");
    checkProblem(with(R"("place": {"latitude": 106.68, "longitude": 10.77})"), "place.latitude", "6",
                 "number_range");
    const auto link = KioskConfig::parse(
        with(R"("directions_link": "https://map.example.vn/#{latitude}/{longitude}")"), "x");
    REQUIRE(link);
    CHECK(link->directionsLink == "https://map.example.vn/#{latitude}/{longitude}");
    for (const char* bad :
         {"http://m.vn/{latitude},{longitude}", "https://m.vn/{latitude}",
          "https://m.vn/{latitude},{longitude},{latitude}", "https://m.vn/ {latitude}{longitude}"})
        checkProblem(with(R"("directions_link": ")" + std::string(bad) + "\""), "directions_link", "6",
                     "directions");
}

TEST_CASE("without controller or retention only the demo runs") {
    const std::string serious = replaced(kDemo, "true", "false");
    checkProblem(serious, "controller", "1", "present");
    const auto with = [&](const std::string& more) {
        return replaced(serious, "\"/tmp/r\"", "\"/tmp/r\",\n" + more);
    };
    checkProblem(with(R"("controller": {"name": "UBND", "contact": "028"})"), "retention", "1", "present");
    checkProblem(with(R"("controller": {"name": "UBND"}, "retention": {"delivered_days": 30})"),
                 "controller.contact", "6", "present");
    checkProblem(with(R"("controller": {"contact": "028"}, "retention": {"delivered_days": 30})"),
                 "controller.name", "6", "present");
    checkProblem(with("\"controller\": {\"name\": \"UBND\", \"contact\": \"028\"},\n\"retention\": {}"),
                 "retention.delivered_days", "7", "present");
    CHECK(KioskConfig::parse(
        with(R"("controller": {"name": "UBND", "contact": "028"}, "retention": {"delivered_days": 30})"),
        "x"));
    // Saying nothing about the demo means it is none.
    checkProblem(replaced(serious, "  \"demo\": false,\n", ""), "controller", "1", "present");
}

TEST_CASE("each key says what it must be, on its own line") {
    const auto [from, to, key, line, expected] =
        GENERATE(table<std::string, std::string, std::string, std::string, std::string>({
            {"false", "0", "demo", "2", "boolean"},
            {"https://tram", "http://tram", "gateway_url", "3", "https_url"},
            {"\"https://tram.tphcm.gov.vn/api\"", "null", "gateway_url", "3", "https_url"},
            {"/etc/tram/ca.pem", "ca.pem", "ca_file", "4", "absolute_path"},
            {"\"/var/lib/tram\"", "5", "data_dir", "5", "absolute_path"},
            {"/run/tram", "", "runtime_dir", "6", "absolute_path"},
            {"\"en\"", "\"fr\"", "language", "8", "one_of"},
            {"90,", "59,", "idle_seconds", "9", "integer_range"},
            {"90,", "301,", "idle_seconds", "9", "integer_range"},
            {"90,", "90.5,", "idle_seconds", "9", "integer_range"},
            {"90,", "\"90\",", "idle_seconds", "9", "integer_range"},
            {"90,", "99999999999999999999,", "idle_seconds", "9", "integer_range"},
            {"25,", "19,", "countdown_seconds", "10", "integer_range"},
            {"{ \"px_per_mm\": 2.7, \"viewing_mm\": 600 }", "[]", "display", "11", "object"},
            {"2.7", "0.1", "display.px_per_mm", "11", "number_range"},
            {"600", "true", "display.viewing_mm", "11", "number_range"},
            {"\"contrast\"", "\"dark\"", "theme", "12", "one_of"},
            {"\"poll_seconds\": 60", "\"poll_seconds\": 0", "content.poll_seconds", "23", "integer_range"},
            {"\"contrast\"", "\"../../etc\"", "theme", "12", "one_of"},
            {"true,", "\"yes\",", "new_tone_style", "13", "boolean"},
            {"Ủy ban nhân dân phường Bàn Cờ", "", "controller.name", "15", "text"},
            {"Ủy ban nhân dân phường Bàn Cờ", "UBND\\u202E", "controller.name", "15", "text"},
            {"45", "29", "retention.delivered_days", "18", "integer_range"},
            {": 60,", ": 0,", "retention.appointment_days", "18", "integer_range"},
            {": 90 }", ": 36501 }", "retention.watch_days", "18", "integer_range"},
            {"\"113\"", "\"abc\"", "hotlines[0].number", "20", "digits"},
            {"\"Ward duty officer\"", "[]", "hotlines[1].en", "21", "text"},
            {", \"en\": \"Police\"", "", "hotlines[0].en", "20", "present"},
            {"{ \"number\": \"113\", \"vi\": \"Công an\", \"en\": \"Police\" }", "\"113\"", "hotlines[0]",
             "20", "object"},
            {"[\"H29-[0-9]{6}-[0-9]{4}\"]", "\"H29\"", "scan.dossier_patterns", "25", "list"},
            {"H29-[0-9]{6}-[0-9]{4}", "H29-([0-9]", "scan.dossier_patterns[0]", "25", "regular_expression"},
            {"hochiminhcity.gov.vn", "*.gov.vn", "scan.government_hosts[1]", "26", "host_name"},
            {"hochiminhcity.gov.vn", "https://x.vn", "scan.government_hosts[1]", "26", "host_name"},
            {"hochiminhcity.gov.vn", "X.vn", "scan.government_hosts[1]", "26", "host_name"},
            {"\"name\": \"Phuong Ban Co\", ", "", "wifi.name", "28", "present"},
            {"Phuong Ban Co", "Phường Bàn Cờ", "wifi.name", "28", "ascii"},
            {"12345678", "1234567", "wifi.password", "28", "ascii"},
            {"\"vneid.gov.vn\"", "\"https://vneid.gov.vn\"", "guides.link_hosts[0]", "29", "host_name"},
            {"\"guide\": \"cong-dan-so\", ", "", "guides.apps[0].guide", "30", "present"},
            {"vn.ex.ample", "vn", "guides.apps[0].android", "30", "android_package"},
            {"1234567890", "id12345678", "guides.apps[0].ios", "30", "digits"},
            {"\"office\": \"27154\"", "\"office\": \"27/154\"", "turns.office", "31", "text"},
            {"\"theme\"", "\"thme\"", "thme", "12", "known_key"},
            {"\"viewing_mm\"", "\"viewing_cm\"", "display.viewing_cm", "11", "known_key"},
            {"\"vi\": \"Công an\"", "\"label\": \"Công an\"", "hotlines[0].label", "20", "known_key"},
            {"\"theme\"", "\"controller.name\"", "controller.name", "12", "known_key"},
            {"\"theme\"", "\"hotlines[].number\"", "hotlines[].number", "12", "known_key"},
            {"\"viewing_mm\"", "\"px.per_mm\"", "display.px.per_mm", "11", "known_key"},
            {"\"theme\"", "\"language\"", "language", "12", "once"},
            {"\"viewing_mm\"", "\"px_per_mm\"", "display.px_per_mm", "11", "once"},
        }));
    CAPTURE(from, to);
    checkProblem(replaced(kComplete, from, to), key, line, expected);
}

TEST_CASE("a mistake carries what its words need") {
    const auto idle = problem(replaced(kComplete, "90,", "5,"));
    CHECK(idle.fact("min") == "60");
    CHECK(idle.fact("max") == "300");
    CHECK(problem(replaced(kComplete, "2.7", "0.1")).fact("min") == "0.5");
    CHECK(problem(replaced(kComplete, "\"contrast\"", "\"dark\"")).fact("values") == "light, contrast");
    CHECK(problem(replaced(kComplete, "Ủy ban nhân dân phường Bàn Cờ", "")).fact("max") == "200");
}

TEST_CASE("of several mistakes the first by line is told") {
    auto json = replaced(kComplete, "\"theme\"", "\"unknown\"");
    json = replaced(json, "90,", "5,");
    checkProblem(json, "idle_seconds", "9", "integer_range");
}

TEST_CASE("the line of a number at the end of its line is its own") {
    checkProblem("{\n\"idle_seconds\":\n5\n}", "idle_seconds", "2", "integer_range");
    checkProblem("{\n\"demo\": true,\n\"data_dir\": 7\n}", "data_dir", "3", "absolute_path");
}

TEST_CASE("required keys") {
    const auto key = GENERATE(as<std::string>(), "gateway_url", "data_dir", "runtime_dir");
    auto json = kDemo;
    const auto begin = json.find("  \"" + key), end = json.find('\n', begin);
    json.erase(begin, end - begin);
    if (key == "runtime_dir") json = replaced(json, "\"/tmp/d\",", "\"/tmp/d\"");
    checkProblem(json, key, "1", "present");
}

TEST_CASE("what is not JSON is told with its line") {
    checkProblem("{\n\"demo\": true,\n}", "", "3", "json");
    checkProblem("{\n// no comments\n\"demo\": true}", "", "2", "json");
    checkProblem("", "", "1", "json");
    checkProblem("{\"demo\": tru}", "", "1", "json");
    checkProblem("{\"demo\": true} x", "", "1", "json");
    checkProblem("{\"theme\": \"\xFF\"}", "", "1", "json");
    checkProblem("{\"idle_seconds\": 1e999}", "", "1", "json");
    checkProblem("[]", "", "1", "object");
    checkProblem("7", "", "1", "object");
}

TEST_CASE("depth and size have an end") {
    const auto deep = problem("{\"hotlines\": " + std::string(1000, '['));
    CHECK(deep.fact("expected") == "depth");
    CHECK(deep.fact("max") == "8");
    checkProblem("{\"theme\": \"" + std::string(70'000, 'a') + "\"}", "", "1", "size");
}

TEST_CASE("the file is read, its absence told") {
    const test::TempDir dir;
    CHECK(KioskConfig::load(dir / "kiosk.json").error().kind == ProblemKind::FileMissing);
    std::ofstream(dir / "kiosk.json") << kComplete;
    CHECK(KioskConfig::load(dir / "kiosk.json"));
    std::ofstream(dir / "kiosk.json") << "{";
    CHECK(KioskConfig::load(dir / "kiosk.json").error().fact("path") == (dir / "kiosk.json").string());
}

TEST_CASE("plain http stays on this machine") {
    using device::acceptableGatewayUrl;
    for (const char* url :
         {"https://tram.vn", "https://tram.vn:8443", "https://tram.vn/a/b-c", "https://10.0.0.1",
          "https://[2001:db8::1]:443", "http://127.0.0.1", "http://127.0.0.1:8080/x", "http://127.255.0.3",
          "http://localhost:1", "http://[::1]:65535"}) {
        CAPTURE(url);
        CHECK(acceptableGatewayUrl(url));
    }
    for (const char* url : {"",
                            "tram.vn",
                            "ftp://tram.vn",
                            "http://tram.vn",
                            "http://128.0.0.1",
                            "http://127.0.0.256",
                            "http://127.0.0.1.evil.vn",
                            "http://localhost.evil.vn",
                            "http://[::2]",
                            "https://",
                            "https://tram.vn/",
                            "https://user@tram.vn",
                            "https://tram.vn?x",
                            "https://tram.vn#x",
                            "https://tram.vn:0",
                            "https://tram.vn:65536",
                            "https://tram.vn:",
                            "https://-tram.vn",
                            "https://tram vn",
                            "https://tram.vn/\r\nHost: x",
                            "HTTPS://tram.vn",
                            "https://tram.vn//x"}) {
        CAPTURE(url);
        CHECK_FALSE(acceptableGatewayUrl(url));
    }
    CHECK_FALSE(acceptableGatewayUrl("https://" + std::string(400, 'a')));
}
