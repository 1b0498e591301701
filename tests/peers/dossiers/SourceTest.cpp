#include <httplib.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "PretendPhone.h"
#include "base/Files.h"
#include "wire/DossierStatus.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

/// The source as a process, and the gateway that knows it by its mapping file.
class Peers {
  public:
    explicit Peers(const json& patch = json::object(), bool demo = false) {
        REQUIRE(base::writeFileAtomically(dir_ / "headers", "X-Api-Key: s3cret & more\n", 0600));
        source_.start(
            {"/usr/bin/python3", "-B", std::string(TRAM_SOURCE_DIR) + "/tests/peers/dossiers/source.py",
             (dir_ / "port").string()},
            dir_ / "source.log");
        REQUIRE(eventually([&] { return std::filesystem::exists(dir_ / "port"); }));
        std::ifstream(dir_ / "port") >> port_;
        auto file = mapping();
        file.merge_patch(patch);
        REQUIRE(base::writeFileAtomically(dir_ / "mapping.json", file.dump(), 0600));
        const auto retention =
            R"("retention":{"delivered_attachments_days":1,"closed_reports_days":1,"envelopes_days":1,"logins_hours":1},)";
        city = std::make_unique<LiveCity>(LiveCity::Options{
            .demo = demo,
            .config = "{" + std::string(demo ? "" : retention) + R"("dossiers":{"source":")" +
                      (dir_ / "mapping.json").string() + "\"}}"});
    }
    Reply ask(const std::string& code) { return city->send({.path = "/v1/dossiers/" + code}); }
    json found(const std::string& code) {
        const auto reply = ask(code);
        INFO(reply.body);
        REQUIRE(reply.status == 200);
        CHECK(wire::DossierStatus::parse(reply.body));
        return json::parse(reply.body);
    }
    std::size_t asked() const {
        return json::parse(httplib::Client("127.0.0.1", port_).Get("/asked")->body).size();
    }
    int stop() { return source_.stop(SIGKILL); }
    std::unique_ptr<LiveCity> city;

  private:
    json mapping() const {
        const auto url = "http://127.0.0.1:" + std::to_string(port_);
        return {{"name", "Một cửa điện tử"},
                {"by_code", url + "/hoso?ma={code}"},
                {"by_owner",
                 {{"url", url + "/cua-toi"},
                  {"body", {{"loc", {{"soDinhDanh", "{personal_number}"}}}}},
                  {"list", "/ds"}}},
                {"headers_file", (dir_ / "headers").string()},
                {"timeout_ms", 400},
                {"dossier", "/kq/ds"},
                {"missing", {{"status", {404}}, {"at", "/kq/ds"}}},
                {"members",
                 {{"code", "/maSo"},
                  {"procedure", "/thuTuc/ten"},
                  {"procedure_code", "/thuTuc/ma"},
                  {"state", "/trangThai"},
                  {"said", "/trangThaiTen"},
                  {"way", "/nop"},
                  {"office", "/donVi"},
                  {"received", "/tiepNhan"},
                  {"promised", "/henTra"},
                  {"events", "/lichSu"}}},
                {"event", {{"state", "/tt"}, {"at", "/luc"}, {"office", "/o"}}},
                {"task",
                 {{"papers", "/yeuCau/giayTo"},
                  {"paper", "/t"},
                  {"fee", "/yeuCau/phi"},
                  {"payment_qr", "/yeuCau/qr"},
                  {"by", "/yeuCau/han"},
                  {"where", "/yeuCau/noi"}}},
                {"states",
                 {{"DTN", "received"}, {"DXL", "in_progress"}, {"BSGT", "papers_asked"}, {"9", "finished"}}},
                {"ways", {{"TT", "online"}}},
                {"dates", {"DD/MM/YYYY HH:mm", "DD/MM/YYYY"}}};
    }
    TempDir dir_;
    int port_ = 0;
    Child source_;
};

}  // namespace

TEST_CASE("a city's system of another shape joins by a mapping file") {
    Peers peers;
    const auto status = peers.found("h29.1-261116-0001");
    CHECK(status.at("code") == "H29.1-261116-0001");
    CHECK(status.at("procedure") == "Cấp phép xây dựng");
    CHECK(status.at("state") == "in_progress");
    CHECK(status.at("way") == "online");
    CHECK(status.at("office") == "Phòng Kinh tế");
    CHECK(status.at("received") == "2026-11-16T08:15:00.000+07:00");
    CHECK(status.at("promised") == "2026-11-27");
    CHECK(status.at("source") == "Một cửa điện tử");
    CHECK_FALSE(status.contains("task"));
    REQUIRE(status.at("events").size() ==
            2);  // one is of 1926, one has no time: what is not known is not told
    CHECK(status.at("events")[0].at("state") == "received");
    CHECK(status.at("events")[0].at("office") == "Quầy 1");
    CHECK(status.at("events")[1].at("state") == "in_progress");
    CHECK(status.dump().find("Kín") == std::string::npos);

    const auto task = peers.found("H29.1-261116-0008").at("task");
    CHECK(task == json{{"papers", {"Bản vẽ"}},
                       {"fee", 150000},
                       {"payment_qr", "00020101|X"},
                       {"by", "2026-12-04"},
                       {"where", "Quầy 2"}});
    CHECK(peers.found("H29.1-261116-0009").at("state") == "finished");
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what a source says that is no state or no day is told as such, or not at all") {
    Peers peers;
    const auto unknown = peers.found("H29.1-261116-0005");
    CHECK(unknown.at("state") == "unknown");
    CHECK(unknown.at("said") == "Chờ ký số");
    const auto early = peers.found("H29.1-261116-0006");
    CHECK_FALSE(early.contains("received"));
    CHECK_FALSE(early.contains("promised"));
    CHECK_FALSE(early.contains("working_days"));
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a source that hangs, fails, talks nonsense or of another dossier does not answer") {
    Peers peers;
    for (const char* code :
         {"H29.1-261116-0002", "H29.1-261116-0003", "H29.1-261116-0004", "H29.1-261116-0007"}) {
        CAPTURE(code);
        const auto reply = peers.ask(code);
        CHECK(reply.status == 503);
        CHECK(json::parse(reply.body).at("type") == "urn:tram:problem:source_silent");
        CHECK(reply.header("Retry-After") == "15");
    }
    CHECK(peers.ask("H29.1-261116-1111").status == 404);
    CHECK(peers.stop() == -SIGKILL);
    CHECK(peers.ask("H29.1-261116-2222").status == 503);
    CHECK(peers.ask("no-code").status == 404);
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a source that refuses our key does not answer, and the key is in no log") {
    Peers peers(json{{"headers_file", nullptr}});
    CHECK(peers.ask("H29.1-261116-0001").status == 503);
    Peers good;
    good.found("H29.1-261116-0001");
    CHECK(good.city->logs().find("s3cret") == std::string::npos);
    CHECK(good.city->logs().find("261116") == std::string::npos);
}

TEST_CASE("within half a minute a source is asked once for a dossier, there or not") {
    Peers peers;
    const auto first = peers.found("H29.1-261116-0001");
    CHECK(peers.found("H29.1%20-%20261116%20-%20OOO1") == first);  // as_of, too
    CHECK(peers.ask("H29.1-261116-1111").status == 404);
    CHECK(peers.ask("H29.1-261116-1111").status == 404);
    CHECK(peers.asked() == 2);
}

TEST_CASE("a resident's list comes from the source, by their number and without it in any address") {
    Peers peers(json::object(), true);
    PretendKiosk kiosk(*peers.city);
    KioskLogin login(kiosk);
    REQUIRE(login.begin().status == 200);
    PretendPhone phone(*peers.city);
    phone.logIn(login.userCode, "lan");
    const auto token = json::parse(login.poll().body).at("access_token").get<std::string>();
    const auto reply =
        peers.city->send({.path = "/v1/me/dossiers", .headers = {{"Authorization", "Bearer " + token}}});
    REQUIRE(reply.status == 200);
    const auto mine = wire::MyDossiers::parse(reply.body);
    REQUIRE(mine);
    REQUIRE(mine->dossiers.size() == 2);
    CHECK(mine->dossiers[0].code == "H29.1-261117-0008");  // newest first
    CHECK(mine->dossiers[1].code == "H29.1-261116-0001");
    CHECK(mine->source == "Một cửa điện tử");
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}
