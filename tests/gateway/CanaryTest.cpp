#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "QuietCity.h"

using namespace tram;
using namespace tram::test;
namespace fs = std::filesystem;

namespace {

/// What a resident writes, each by a mark of its own, and what tells one receipt from another.
std::vector<std::string> marks(const std::vector<PretendKiosk::Sent>& all) {
    std::vector<std::string> marks = {"CANARY", "Hoàng-Yến", "0903 000 000", "Nguyễn Thiện Thuật",
                                      "Nắp cống"};
    for (const auto& sent : all) {
        marks.push_back(sent.code);
        marks.push_back(base::TrackingCode::group(sent.code));
        marks.push_back(sent.secret);
    }
    return marks;
}

bool holds(const std::string& text, const std::string& mark) {
    return text.find(mark) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "a resident's words are in reports.db and nowhere else at the gateway, by byte, by page and by name") {
    // STANDARDS 13, 14
    LiveCity city({.speed = 5 * 86400});
    PretendKiosk kiosk(city);
    Attachment picture;
    std::vector<PretendKiosk::Sent> all;
    all.push_back(kiosk.report([&](wire::ActionBody& body, auto&) {
        picture = attachmentFor(body.id, std::string("a picture of ") + kCanary);
        body.attachments.push_back({picture.ref.sha256,
                                    picture.ref.size,
                                    {picture.ref.key.key.copy(), picture.ref.key.header},
                                    "image/jpeg"});
    }));
    REQUIRE(kiosk.put(picture.ref.sha256, picture.bytes).status == 204);
    all.push_back(
        kiosk.report([](auto&, auto& report) { report.disclosure = wire::Disclosure::NameHidden; }));
    all.push_back(kiosk.report([](auto& body, auto&) { body.kind = "dossier.question"; }));  // quarantined
    all.push_back(kiosk.report());  // will be forgotten
    for (const auto& sent : all) REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    const auto beat =
        city.send({.method = "POST",
                   .path = "/v1/heartbeats",
                   .headers = kiosk.auth(),
                   .type = "application/json",
                   .body = R"({"version":"1","waiting":1,"needs_attention":0,"free_disk_bytes":1})"});
    CHECK(beat.status == 204);
    REQUIRE(eventually([&] {
        return holds(kiosk.follow(all[0].code).body, "\"answered\"") ||
               holds(kiosk.follow(all[0].code).body, "\"refused\"");
    }));
    for (const auto& sent : all) city.send({.path = "/t/" + sent.code});
    CHECK(holds(kiosk.follow(all[0].code, all[0].secret).body, "CANARY"));  // the search would find it
    city.tool({"forget", "--code", all[3].code});
    const auto backups = city.dataDir().parent_path() / "backups";
    city.tool({"backup", "--to", backups.string(), "--with-keys"});

    for (const auto* page : {"/metrics", "/dashboard", "/dashboard/state", "/healthz"}) {
        const auto reply = city.send({.path = page});
        CHECK(reply.status == 200);
        for (const auto& mark : marks(all)) {
            INFO(page << ' ' << mark);
            CHECK_FALSE(holds(reply.body, mark));
        }
    }
    // By its code alone a report tells its state, and nothing of a person.
    for (const auto* mark : {"CANARY", "0903", "Nguyễn Thiện", "Nắp cống"})
        CHECK_FALSE(holds(kiosk.follow(all[0].code).body, mark));
    CHECK(kiosk.follow(all[3].code).body == kiosk.follow(freshCode(kiosk.place.prefix)).body);

    city.stopGateway(SIGTERM);
    for (const auto& mark : marks(all)) {
        INFO(mark);
        CHECK_FALSE(holds(city.logs(), mark));
        for (const auto& dir : {city.dataDir(), backups})
            for (const auto& file : filesWith(dir, mark)) {
                INFO(file);
                CHECK(file.starts_with("reports.db"));
            }
    }
    CHECK_FALSE(filesWith(city.dataDir(), "CANARY").empty());
    // Of what was forgotten nothing is anywhere, nor of the person behind what 1022 has taken.
    for (const auto& mark : {all[3].code, all[3].secret, all[3].envelope.substr(40, 200)})
        CHECK(filesWith(city.dataDir(), mark).empty());
    for (const auto& entry : fs::recursive_directory_iterator(city.dataDir())) {
        struct stat info{};
        REQUIRE(stat(entry.path().c_str(), &info) == 0);
        INFO(entry.path());
        CHECK((info.st_mode & 077) == 0);
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
