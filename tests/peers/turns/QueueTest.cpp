#include <httplib.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "PretendKiosk.h"
#include "base/Files.h"
#include "calendar/WorkingDays.h"
#include "gateway/turn/HttpTurns.h"
#include "gateway/turn/TurnMapping.h"
#include "wire/Appointment.h"
#include "wire/Turn.h"
#include "wire/Watch.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

json queueMapping(const std::string& url, const std::string& headers) {
    return {{"name", "Xếp hàng quận cũ"},
            {"board_url", url + "/quay?phuong={office}"},
            {"headers_file", headers},
            {"timeout_ms", 400},
            {"board", {{"name", "/kq/ten"}, {"desks", "/kq/quay"}, {"days", "/kq/lich"}}},
            {"desk",
             {{"id", "/ma"},
              {"name", "/ten"},
              {"open", "/mo"},
              {"opens", "/moLai"},
              {"waiting", "/cho"},
              {"left", "/con"},
              {"minutes", "/phut"},
              {"procedures", "/tt"}}},
            {"day", {{"day", "/n"}, {"morning", "/s"}, {"afternoon", "/c"}}},
            {"take",
             {{"url", url + "/lay"},
              {"body", {{"yeu_cau", "{id}"}, {"quay", "{desk}"}, {"phuong", "{office}"}}}}},
            {"ticket", {{"number", "/phieu/so"}, {"ahead", "/phieu/truoc"}, {"refused", "/ly_do"}}},
            {"refusals", {{"HET", "none_left"}, {"NGHI", "closed"}}},
            {"now_url", url + "/luot?so={number}"},
            {"now", {{"ahead", "/truoc"}, {"over", "/qua"}}},
            {"request",
             {{"url", url + "/dat"},
              {"body",
               {{"yeu_cau", "{id}"},
                {"ten", "{name}"},
                {"dt", "{phone}"},
                {"ngay", "{day}"},
                {"buoi", "{half}"}}}}},
            {"cancel", {{"url", url + "/huy"}, {"body", {{"so", "{reference}"}}}}},
            {"reference", "/so"},
            {"halves", {{"morning", "S"}, {"afternoon", "C"}}},
            {"standing_url", url + "/hen?so={reference}"},
            {"standing", {{"state", "/tt"}, {"day", "/ngay"}, {"time", "/gio"}, {"desk", "/quay"}}},
            {"states", {{"CHO", "asked"}, {"DUYET", "confirmed"}, {"TU_CHOI", "refused"}}},
            {"dates", {"DD/MM/YYYY"}}};
}

/// The queue as a process, and the gateway that knows it by its files.
class QueuePeers {
  public:
    QueuePeers() {
        REQUIRE(base::writeFileAtomically(dir_ / "headers", "X-Api-Key: s3cret & more\n", 0600));
        queue_.start({"/usr/bin/python3", "-B", std::string(TRAM_SOURCE_DIR) + "/tests/peers/turns/queue.py",
                      (dir_ / "port").string()},
                     dir_ / "queue.log");
        REQUIRE(eventually([&] { return std::filesystem::exists(dir_ / "port"); }));
        std::ifstream(dir_ / "port") >> port_;
        const auto url = "http://127.0.0.1:" + std::to_string(port_);
        REQUIRE(base::writeFileAtomically(dir_ / "mapping.json",
                                          queueMapping(url, (dir_ / "headers").string()).dump(), 0600));
        const json sender = {
            {"channels", {"sms"}},
            {"url", url + "/nhan"},
            {"templates", {{"dossier_finished", "T1"}}},
            {"body", {{"toi", "{to}"}, {"noi_dung", "{text}"}, {"mau", "{template}"}, {"ma", "{id}"}}}};
        REQUIRE(base::writeFileAtomically(dir_ / "sender.json", sender.dump(), 0600));
        city = std::make_unique<LiveCity>(LiveCity::Options{
            .config =
                json{{"turns", {{"source", (dir_ / "mapping.json").string()}}},
                     {"notices",
                      {{"notifier", (dir_ / "sender.json").string()}, {"watch_days", 30}, {"every_s", 1}}}}
                    .dump()});
        kiosk = std::make_unique<PretendKiosk>(*city);
    }
    Reply board(const std::string& office) {
        return city->send({.path = "/v1/offices/" + office + "/turns", .headers = kiosk->auth()});
    }
    Reply take(const std::string& desk, const base::Uuid& id) {
        return city->send({.method = "POST",
                           .path = "/v1/offices/27154/turns",
                           .headers = kiosk->auth(),
                           .type = "application/json",
                           .body = wire::TurnRequest{id, desk}.toJson()});
    }
    json at(const char* path) const {
        return json::parse(httplib::Client("127.0.0.1", port_).Get(path)->body);
    }
    std::filesystem::path mapping() const { return dir_ / "mapping.json"; }
    std::unique_ptr<LiveCity> city;
    std::unique_ptr<PretendKiosk> kiosk;

  private:
    TempDir dir_;
    int port_ = 0;
    Child queue_;
};

}  // namespace

TEST_CASE("a queue of another shape joins by a mapping file") {
    QueuePeers peers;
    const auto reply = peers.board("27154");
    REQUIRE(reply.status == 200);
    const auto board = wire::TurnBoard::parse(reply.body);
    REQUIRE(board);
    REQUIRE(board->desks.size() == 3);
    CHECK(board->desks[0].name == "Hộ tịch");
    CHECK(board->desks[0].waiting == 3);
    CHECK(board->desks[0].minutes == 12);
    CHECK(board->desks[0].procedures == std::vector<std::string>{"khai-sinh"});
    CHECK_FALSE(board->desks[1].givesNumbers());
    CHECK(board->desks[2].opens == "13:00");
    CHECK(board->source == "Xếp hàng quận cũ");
    CHECK(board->days.empty());  // years ahead: nobody is held to that
    const auto id = base::Uuid::v7(base::SystemClock().wall());
    const auto first = wire::TurnAnswer::parse(peers.take("q1", id).body);
    REQUIRE(first);
    REQUIRE(first->ticket);
    CHECK(first->ticket->number == "100");
    CHECK(first->ticket->ahead == 3);
    CHECK(first->ticket->desk == "Hộ tịch");
    const auto again = wire::TurnAnswer::parse(peers.take("q1", id).body);
    REQUIRE(again);
    CHECK(again->ticket->number == "100");
    CHECK(peers.at("/asked").size() == 1);
    const auto none =
        wire::TurnAnswer::parse(peers.take("q9", base::Uuid::v7(base::SystemClock().wall())).body);
    REQUIRE(none);
    CHECK_FALSE(none->ticket);
    CHECK(none->refusal == wire::TurnRefusal::NoneLeft);
    CHECK(peers.city->send({.path = "/l/" + id.text()}).body.find("100") != std::string::npos);
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE(
    "a queue that hangs, fails or talks nonsense does not answer, and one that knows no office has none") {
    QueuePeers peers;
    for (const char* office : {"00002", "00003", "00004"}) {
        CAPTURE(office);
        const auto reply = peers.board(office);
        CHECK(reply.status == 503);
        CHECK(json::parse(reply.body).at("type") == "urn:tram:problem:source_silent");
    }
    CHECK(peers.board("99999").status == 404);
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE("an appointment reaches such a queue once, with its name, and comes back confirmed") {
    QueuePeers peers;
    wire::AppointmentRequest request;
    request.trackingCode = freshCode(peers.kiosk->place.prefix);
    request.office = "27154";
    request.procedureName = "Đăng ký \"khai sinh\"";
    request.day = calendar::toText(calendar::dayInCity(base::SystemClock().wall()) + std::chrono::days(10));
    request.half = wire::HalfDay::Afternoon;
    request.name = base::SecretText("Nguyễn {phone} \"Thử\"");
    request.phone = base::SecretText("0901234567");
    request.consentVersion = "vi:1";
    request.consentAt = base::toRfc3339(base::SystemClock().wall());
    request.language = "vi";
    wire::ActionBody body{.id = base::Uuid::v7(base::SystemClock().wall()),
                          .kind = std::string(wire::AppointmentRequest::kKind),
                          .kioskId = peers.kiosk->place.kioskId,
                          .createdAt = request.consentAt,
                          .fieldsJson = request.toJson()};
    CHECK(peers.kiosk->verdict(peers.kiosk->envelopeOf(body.id, body.toJson().reveal())) == "accepted");
    CHECK(eventually([&] { return peers.at("/asked").size() == 1; }));
    const auto asked = peers.at("/asked")[0];
    CHECK(asked.at("ten") == "Nguyễn {phone} \"Thử\"");
    CHECK(asked.at("dt") == "0901234567");
    CHECK(asked.at("buoi") == "C");
    const auto reply = peers.city->send({.path = "/v1/appointments/" + request.trackingCode});
    CHECK(reply.status == 200);
    CHECK(eventually([&] {
        const auto told = wire::AppointmentStatus::parse(
            peers.city->send({.path = "/v1/appointments/" + request.trackingCode}).body);
        return told && told->confirmedDay == request.day && told->confirmedTime == "09:15";
    }));
    CHECK(peers.city->logs().find("0901234567") == std::string::npos);
    gateway::HttpTurns line(gateway::TurnMapping::load(peers.mapping()).value());
    CHECK(line.cancel("L1"));
    CHECK(line.cancel("L1").error().kind == base::ProblemKind::Unprocessable);  // it knows it no more
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a mapping of a queue names the key that is wrong") {
    const auto fine = queueMapping("http://127.0.0.1:1", "");
    const auto wrong = [&](const json& patch) {
        auto file = fine;
        file.erase("headers_file");
        file.merge_patch(patch);
        const auto read = gateway::TurnMapping::parse(file.dump());
        return read ? "right" : std::string(read.error().fact("key"));
    };
    CHECK(wrong(json::object()) == "right");
    const std::pair<json, const char*> all[] = {
        {{{"name", ""}}, "turns.name"},
        {{{"board_url", "http://example.vn/{office}"}}, "turns.board_url"},
        {{{"board_url", "https://example.vn/"}}, "turns.board_url"},
        {{{"timeout_ms", 1}}, "turns.timeout_ms"},
        {{{"board", {{"desks", nullptr}}}}, "turns.board.desks"},
        {{{"desk", {{"open", "x"}}}}, "turns.desk.open"},
        {{{"take", {{"url", "https://example.vn/{name}"}}}}, "turns.take.url"},
        {{{"take", {{"body", {{"yeu_cau", "x"}}}}}}, "turns.take.body"},
        {{{"request", {{"url", "https://example.vn/{phone}"}}}}, "turns.request.url"},
        {{{"refusals", {{"HET", "tired"}}}}, "turns.refusals.HET"},
        {{{"halves", {{"noon", "T"}}}}, "turns.halves.noon"},
        {{{"halves", {{"morning", nullptr}}}}, "turns.halves"},
        {{{"states", {{"CHO", "received"}}}}, "turns.states.CHO"},
        {{{"standing_url", nullptr}}, "turns.standing_url"},
        {{{"dates", nullptr}}, "turns.dates"},
        {{{"more", 1}}, "turns.more"}};
    for (const auto& [patch, key] : all) {
        CAPTURE(patch.dump());
        CHECK(wrong(patch) == key);
    }
}
