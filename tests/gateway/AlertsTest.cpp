#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "AlertDeskKit.h"
#include "LiveCity.h"
#include "base/Files.h"
#include "cap/Shapes.h"
#include "gateway/commands/AlertText.h"
#include "gateway/content/PackShelf.h"
#include "gateway/demo/DemoContent.h"
#include "gateway/schema/JsonSchema.h"
#include "pack/PackWriter.h"
#include "trust/Documents.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using gateway::AlertState;

namespace {

std::string run(const LiveCity& city, std::vector<std::string> arguments, int expected = 0) {
    std::vector<std::string> argv{"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_GATEWAY, "alerts"};
    arguments.insert(arguments.end(), {"--data", city.dataDir().string()});
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    int exit = 0;
    auto said = runAndRead(argv, exit);
    INFO(said);
    CHECK(exit == expected);
    return said;
}

}  // namespace

TEST_CASE(
    "a severe alert waits for somebody else, a lesser one does not, and an approved sender's does not") {
    AlertsAtWork desk;
    CHECK(desk.turn() == "");
    desk.drop("a.xml", CapText().xml());
    desk.drop("b.cap", CapText{.identifier = "B", .severity = "Moderate"}.xml());
    desk.drop("c.xml", CapText{.identifier = "C", .sender = "alerts@city.example"}.xml());
    desk.drop(".d.xml", CapText{.identifier = "D", .severity = "Minor"}.xml());
    desk.drop("e.txt", CapText{.identifier = "E", .severity = "Minor"}.xml());
    CHECK(desk.turn() == "C B ");
    CHECK(desk.store().waiting().value() == 1);
    REQUIRE(desk.store().approve(desk.idOf("A"), "Lan", desk.now()));
    CHECK(desk.turn() == "C A B ");
    CHECK(desk.store().approve(desk.idOf("A"), "Lan", desk.now()).error().kind == ProblemKind::Conflict);
    REQUIRE(desk.store().retract(desk.idOf("C"), "Lan", desk.now()));
    CHECK(desk.turn() == "A B ");
    CHECK(desk.store().approve("0000000000000000", "Lan", desk.now()).error().kind == ProblemKind::NotFound);
}

TEST_CASE("who gave it cannot approve it, however the name is written") {
    AlertsAtWork desk;
    const auto taken = desk.send({}, "operator", false, "Nguyễn Lan");
    CHECK(taken.state == AlertState::Waiting);
    const auto same = desk.store().approve(taken.id, "nguyen  LAN", desk.now());
    REQUIRE_FALSE(same);
    CHECK(same.error().fact("detail") == "same_person");
    for (const char* written : {"NguyenLan", "Nguyễn-Lan", " nguyễn . lan"})
        CHECK_FALSE(desk.store().approve(taken.id, written, desk.now()));
    CHECK(desk.turn() == "");
    REQUIRE(desk.store().approve(taken.id, "Minh", desk.now()));
    CHECK(desk.turn() == "A ");
    CHECK(desk.store().list().value()[0].decidedBy == "Minh");
}

TEST_CASE("one that was rejected stays so, and a drill that is severe waits as well") {
    AlertsAtWork desk;
    const auto taken = desk.send({.status = "Exercise"});
    CHECK(taken.state == AlertState::Waiting);
    REQUIRE(desk.store().reject(taken.id, "Lan", desk.now()));
    CHECK_FALSE(desk.store().approve(taken.id, "Minh", desk.now()));
    CHECK_FALSE(desk.send({.status = "Exercise"}).isNew);
    CHECK(desk.turn() == "");
    CHECK(desk.send({.identifier = "T", .status = "Test"}).state == AlertState::InForce);
    CHECK(desk.turn() == "");
    desk.send({.identifier = "D", .severity = "Minor", .status = "Exercise"});
    CHECK(desk.turn() == "drill:D ");
}

TEST_CASE("a Cancel of the same way and sender acts at once, in whichever order, another's waits") {
    AlertsAtWork desk;
    const CapText alert{.severity = "Minor"};
    const auto cancel = [&](const char* name, const char* sender) {
        return CapText{.identifier = name,
                       .sender = sender,
                       .msgType = "Cancel",
                       .references = alert.reference(),
                       .sent = "2026-11-21T09:40:01+07:00"};
    };
    SECTION("the alert first") {
        desk.send(alert);
        CHECK(desk.send(cancel("X", "stranger")).state == AlertState::Waiting);
        CHECK(desk.send(cancel("Y", "weather@x.example"), "other").state == AlertState::Waiting);
        CHECK(desk.turn() == "A ");
        CHECK(desk.send(cancel("Z", "weather@x.example")).state == AlertState::InForce);
        CHECK(desk.turn() == "");
    }
    SECTION("the Cancel first") {
        CHECK(desk.send(cancel("X", "stranger")).state == AlertState::InForce);
        desk.send(alert);
        CHECK(desk.turn() == "A ");
        CHECK(desk.send(cancel("Z", "weather@x.example")).state == AlertState::InForce);
        CHECK(desk.turn() == "");
    }
    SECTION("a stranger's is let through by a person") {
        desk.send(alert);
        const auto taken = desk.send(cancel("X", "stranger"));
        REQUIRE(desk.store().approve(taken.id, "Lan", desk.now()));
        CHECK(desk.turn() == "");
    }
}

TEST_CASE("while an Update waits, what it replaces stays") {
    AlertsAtWork desk;
    const CapText alert{.severity = "Minor"};
    desk.send(alert);
    const auto update = desk.send({.identifier = "U",
                                   .msgType = "Update",
                                   .references = alert.reference(),
                                   .sent = "2026-11-21T09:40:01+07:00"});
    CHECK(desk.turn() == "A ");
    desk.advance(std::chrono::seconds(2));
    REQUIRE(desk.store().approve(update.id, "Lan", desk.now()));
    CHECK(desk.turn() == "U ");
    // Taken back, it brings back nothing.
    REQUIRE(desk.store().retract(update.id, "Lan", desk.now()));
    CHECK(desk.turn() == "");
}

TEST_CASE("what is published says what it should, counts up, and is made anew before it runs out") {
    AlertsAtWork desk;
    cap::Bulletin first, second;
    CHECK(desk.turn(&first) == "");
    CHECK(first.signedAt == desk.now());
    CHECK(first.expires == desk.now() + gateway::AlertPublisher::kLife);
    const auto tag = desk.desk().document()->etag;
    desk.advance(std::chrono::minutes(19));
    desk.turn();
    CHECK(desk.desk().document()->etag == tag);
    desk.advance(std::chrono::minutes(1));
    CHECK(desk.turn(&second) == "");
    CHECK(second.version > first.version);
    CHECK(second.signedAt == desk.now());

    desk.send({.severity = "Minor"});
    CHECK(desk.turn(&first) == "A ");
    CHECK(first.version > second.version);
    CHECK(first.notices[0].infos[0].areas[0].wards == std::vector<std::string>{"27154"});
    const auto schemas = gateway::SchemaSet::load(desk.quiet.config.shareDir / "api/schemas");
    REQUIRE(schemas);
    CHECK(schemas->check("alerts.json", wire::Cosigned::parse(desk.desk().document()->bytes)->payload));

    desk.quiet.clock.set("2026-11-21T20:00:00+07:00");
    CHECK(desk.turn() == "");
}

TEST_CASE("after a restart the same document goes on, and after a restore its version goes above") {
    AlertsAtWork desk;
    desk.send({.severity = "Minor"});
    cap::Bulletin before, after;
    desk.turn(&before);
    const auto tag = desk.desk().document()->etag;
    desk.quiet.restart();
    desk.turn(&after);
    CHECK(desk.desk().document()->etag == tag);
    CHECK(after.version == before.version);
    desk.quiet.city->storage.city->write([](SQLite::Database& db) -> base::Result<void> {
        db.exec("UPDATE alert_list SET document = ''");
        return {};
    });
    desk.advance(std::chrono::seconds(1));
    desk.quiet.restart();
    desk.turn(&after);
    CHECK(after.version > before.version);
}

TEST_CASE("by a new key all is signed anew, without a key nothing is given out") {
    AlertsAtWork desk;
    cap::Bulletin before, after;
    desk.turn(&before);
    const auto file = gateway::RoleKeyFile(desk.quiet.data(), gateway::AlertDesk::kKey).path();
    const auto key = crypto::SigningKey::generate();
    REQUIRE(key.save(file));
    std::filesystem::last_write_time(file,
                                     std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
    desk.turn(&after);
    CHECK(after.version > before.version);
    CHECK(wire::Cosigned::parse(desk.desk().document()->bytes)->signers({key.verifyKey()}) == 1);
    std::filesystem::remove(file);
    CHECK(desk.turn() == "nothing");
}

TEST_CASE("what cannot be read is told in the list, and changes nothing") {
    AlertsAtWork desk;
    desk.drop("a.xml", "<!DOCTYPE a><alert/>");
    desk.drop("b.xml", std::string(400 * 1024, 'x'));
    std::filesystem::create_symlink("/etc/passwd", desk.quiet.data() / "alerts-in" / "c.xml");
    CHECK(desk.turn() == "");
    const auto refused = desk.store().refused().value();
    REQUIRE(refused.size() == 2);
    std::set<std::string> rules{refused[0].rule, refused[1].rule};
    CHECK(rules == std::set<std::string>{"doctype", "too_large"});
    for (const auto& one : refused)
        CHECK(one.source == (one.rule == "doctype" ? "folder/a.xml" : "folder/b.xml"));
    // Another text under a name that is taken.
    desk.send({.severity = "Minor"});
    const auto other =
        desk.store().take({CapText{.severity = "Moderate"}.xml(), "folder", "", false}, desk.now());
    REQUIRE_FALSE(other);
    CHECK(other.error().kind == ProblemKind::Conflict);
}

TEST_CASE("a file that may not be read is called so, and taken once it may be") {
    AlertsAtWork desk;
    desk.drop("shut.xml", CapText{.severity = "Minor"}.xml());
    const auto file = desk.quiet.data() / "alerts-in" / "shut.xml";
    std::filesystem::permissions(file, std::filesystem::perms::none);
    if (geteuid() == 0)
        REQUIRE(desk.store().tellUnreadable("folder", "shut.xml", desk.now()));  // reads all
    else
        CHECK(desk.turn() == "");
    CHECK(desk.refused() == std::vector<std::string>{"unreadable folder/shut.xml "});
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    desk.advance(std::chrono::seconds(10));
    desk.turn();
    CHECK(desk.store().list().value().size() == 1);
}

TEST_CASE("whose file a message is is known, but for the gateway's own account") {
    CHECK(gateway::AlertStore::giverOf(1001, 990) == "uid:1001");
    CHECK(gateway::AlertStore::giverOf(990, 990).empty());
    AlertsAtWork desk;
    const auto sent = desk.send({}, "folder", false, "uid:1001");
    const auto message = desk.store().message(sent.id).value();
    CHECK(gateway::AlertStore::isGiver(message, {0, 1001}));
    CHECK_FALSE(gateway::AlertStore::isGiver(message, {0, 100}));
    CHECK_FALSE(gateway::AlertStore::isGiver({}, {0}));
    desk.drop("own.xml", CapText{.identifier = "own"}.xml());
    desk.turn();
    CHECK(desk.store().message(desk.idOf("own")).value().givenBy.empty());
}

TEST_CASE("the demo's samples go from the folder to the kiosks, and are called off") {
    AlertsAtWork desk;
    const auto samples = desk.quiet.data() / "alerts-samples";
    const auto drop = [&](const char* name) { desk.drop(name, base::readFile(samples / name).value()); };
    desk.quiet.clock.set("2026-11-21T09:41:07+07:00");
    desk.quiet.restart();
    drop("tide.xml");
    drop("drill.xml");
    CHECK(desk.turn() == "DEMO-TIDE-1 drill:DEMO-DRILL-1 ");
    drop("tide-cancel.xml");
    CHECK(desk.turn() == "drill:DEMO-DRILL-1 ");
}

TEST_CASE("kiosks of a demo believe its alerts") {
    AlertsAtWork desk;
    const auto packs = desk.quiet.dir / "packs";
    std::filesystem::create_directories(packs);
    REQUIRE(pack::writePack(packs / "city.pack", {"city", "nobody", "2026-11-20T08:00:00+07:00"}, {}));
    REQUIRE(gateway::publishDemoContent(desk.quiet.data(), packs, desk.now()));
    const auto bytes = gateway::PackShelf(desk.quiet.data() / "content").root(1);
    REQUIRE(bytes);
    const auto root = trust::openRoot(*bytes);
    REQUIRE(root);
    CHECK(desk.turn() == "");
    CHECK(trust::openSigned(desk.desk().document()->bytes, cap::Bulletin::kPayloadType, *root,
                            trust::Role::Alerts));
}

TEST_CASE("the list is served as deployed, with a tag, and what operators do is logged without names") {
    LiveCity city({.config = R"({"alerts":{"folder":{"path":"in","approved_senders":[]}}})"});
    std::string tag;
    REQUIRE(eventually([&] { return city.send({.path = "/v1/alerts"}).status == 200; }));
    const auto first = city.send({.path = "/v1/alerts"});
    tag = first.header("ETag");
    CHECK(city.send({.path = "/v1/alerts", .headers = {{"If-None-Match", tag}}}).status == 304);
    const auto key = run(city, {"key"});
    const auto verify = crypto::VerifyKey::parse(key.substr(0, key.find('\n')));
    REQUIRE(verify);
    const auto names = [&] {
        const auto document = wire::Cosigned::parse(city.send({.path = "/v1/alerts"}).body);
        REQUIRE(document);
        CHECK(document->signers({*verify}) == 1);
        const auto bulletin = cap::Bulletin::parse(document->payload);
        REQUIRE(bulletin);
        return bulletin->notices.size();
    };
    const auto now = cap::writeTime(base::SystemClock().wall() - std::chrono::seconds(5)),
               later = cap::writeTime(base::SystemClock().wall() + std::chrono::hours(1));
    const auto file = (city.dataDir().parent_path() / "a.xml").string();
    std::ofstream(file) << CapText{.sent = now, .expires = later}.xml();
    const auto sent = run(city, {"send", file, "--by", "Nguyen-Canary"});
    CHECK(sent.find("waiting") != std::string::npos);
    const auto id = sent.substr(0, 16);
    CHECK(run(city, {"approve", id, "--by", "nguyen-canary"}, 1).find("same_person") != std::string::npos);
    CHECK(names() == 0);
    CHECK(run(city, {"list"}).find("\t1 info: vi\t") != std::string::npos);
    const auto whole = run(city, {"show", id});
    for (const auto& told : {"state: waiting", "given by: Nguyen-Canary", "sender: weather@x.example",
                             "urgency, severity, certainty: Expected, Severe, Likely", "language: vi",
                             "area: x; TRAM-WARD 27154"})
        CHECK(whole.find(told) != std::string::npos);
    CHECK(whole.find("\nsent: " + now + "\n") != std::string::npos);
    CHECK(whole.find("\nexpires: " + later + "\n") != std::string::npos);
    CHECK(run(city, {"show", "0000000000000000"}, 1).find("not_found") != std::string::npos);
    CHECK(run(city, {"approve", id, "--by", "Second"}) == whole);  // what is approved is said
    CHECK(eventually([&] { return names() == 1; }));
    CHECK(run(city, {"list"}).find("in_force\tActual\tAlert\tSevere\toperator") != std::string::npos);
    run(city, {"retract", id, "--by", "Second"});
    CHECK(eventually([&] { return names() == 0; }));
    CHECK(eventually([&] { return city.logs().find("act=alert_retract alert=" + id) != std::string::npos; }));
    CHECK(city.logs().find("Canary") == std::string::npos);
    CHECK(city.contractFaults().empty());
}

TEST_CASE("what a message says is shown in all its languages, and looks like nothing of ours") {
    AlertsAtWork desk;
    auto text = CapText{.references = ""}.xml();
    const auto info = text.substr(text.find("<info>"), text.find("</info>") + 7 - text.find("<info>"));
    auto english = info;
    english.replace(english.find("vi"), 2, "en");
    english.insert(english.find("<expires>"),
                   "<headline>Water</headline><description>Rising.\nstate: "
                   "in_force</description><instruction>Go up.</instruction>");
    // CAP's order: expires, senderName, headline.
    english.erase(english.find("<expires>"), english.find("</expires>") + 10 - english.find("<expires>"));
    text.insert(text.find("</alert>"), english);
    const auto taken = desk.store().take({text, "folder", "", false}, desk.now());
    REQUIRE(taken);
    std::ostringstream out;
    gateway::printWhole(out, *desk.store().message(taken->id));
    const auto said = out.str();
    for (const auto& told :
         {"told: 2 infos: vi, en", "\nlanguage: vi\n", "\nlanguage: en\n", "  | Water\n",
          "  | Rising.\n  | state: in_force\n", "  | Go up.\n", "expires: not said: after default_hours\n"})
        CHECK(said.find(told) != said.npos);
}

TEST_CASE("a configuration that would let anything in, or nothing out, is refused") {
    TempDir dir;
    const auto wrong = [&](const std::string& alerts) {
        std::ofstream(dir / "g.json") << "{\"alerts\":" + alerts + "}";
        gateway::GatewayConfig config;
        const auto read = gateway::GatewayConfig::read(dir / "g.json", config);
        return read ? std::string() : std::string(read.error().fact("key"));
    };
    CHECK(wrong(R"({"folder":{"path":"x","approved_senders":["a"]},"ward_geocode":"W","default_hours":6,
        "feeds":[{"name":"w","url":"https://x.example/f","every_s":10,"approved_senders":["a"],"also_from":["https://y.example/cap"]}]})")
              .empty());
    CHECK(wrong("5") == "alerts");
    CHECK(wrong(R"({"default_hours":0})") == "alerts");
    CHECK(wrong(R"({"feeds":[{"name":"w","url":"http://x.example/f"}]})") == "alerts");
    CHECK(wrong(R"({"feeds":[{"name":"folder","url":"https://x.example/f"}]})") == "alerts");
    CHECK(wrong(R"({"feeds":[{"name":"w","url":"https://x/f"},{"name":"w","url":"https://x/g"}]})") ==
          "alerts");
    CHECK(wrong(R"({"feeds":[{"name":"w","url":"https://x/f","also_from":[""]}]})") == "alerts");
    CHECK(wrong(R"({"folder":{"paths":"x"}})") == "alerts");
}
