// `tram log`: whether the log of staff is whole, what stands in it, and a table of it.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "assist/Helping.h"
#include "base/Files.h"
#include "base/Words.h"
#include "device/Enrolment.h"
#include "device/KioskConfig.h"
#include "device/StaffLog.h"
#include "doctor/Parts.h"
#include "link/GatewayClient.h"
#include "outbox/Aside.h"
#include "tests/gateway/LiveCity.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using nlohmann::json;

namespace {

struct LogStation {
    test::TempDir dir;
    test::FakeClock clock;
    std::filesystem::path data = dir / "data";
    device::StaffLog log{data};

    explicit LogStation(const std::string& gateway = "http://127.0.0.1:9") {
        for (const char* part : {"data", "run"}) std::filesystem::create_directory(dir / part);
        std::filesystem::permissions(data, std::filesystem::perms::owner_all);
        const json config = {{"demo", true},
                             {"gateway_url", gateway},
                             {"data_dir", data.string()},
                             {"runtime_dir", (dir / "run").string()}};
        std::ofstream(dir / "kiosk.json") << config.dump();
    }
    std::string tram(const std::vector<std::string>& arguments, int exit = 0) const {
        std::vector<std::string> argv{"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_TOOL};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        argv.insert(argv.end(), {"--lang", "en", "--config", (dir / "kiosk.json").string()});
        int code = 0;
        auto said = test::runAndRead(argv, code);
        INFO(said);
        CHECK(code == exit);
        return said;
    }
    ledger::Head add(ledger::Event event) const {
        return log.open(clock).value().append(std::move(event)).value();
    }
    /// Chain's first line, and four of staff.
    ledger::Head work() {
        add({.kind = ledger::Kind::SignIn,
             .staff = "S-7",
             .desk = "Quầy 3",
             .members = {{"role", "officer"}, {"way", "badge"}}});
        add({.kind = ledger::Kind::Errand,
             .staff = "S-7",
             .desk = "=HYPERLINK(\"http://x\")",
             .members = {{"errand", "feedback"}, {"outcome", "kept"}}});
        clock.advance(std::chrono::hours(24));
        add({.kind = ledger::Kind::HelpEnded,
             .staff = "S-8",
             .desk = "Quầy 3",
             .members = {{"disposition", "referred"}, {"seconds", 340}}});
        return add({.kind = ledger::Kind::StaffUnlocked,
                    .staff = "S-9",
                    .desk = "Quầy 3",
                    .members = {{"whom", "S-7"}}});
    }
    std::filesystem::path file() const { return ledger::Segment::at(log.directory(), 1, 1).file; }
    void edit(const std::string& what, const std::string& to) const {
        auto text = base::readFile(file()).value();
        const auto at = text.find(what);
        REQUIRE(at != text.npos);
        std::ofstream(file(), std::ios::trunc) << text.replace(at, what.size(), to);
    }
    void cutLastLine() const {
        auto text = base::readFile(file()).value();
        text.erase(text.rfind('\n', text.size() - 2) + 1);
        std::ofstream(file(), std::ios::trunc) << text;
    }
    /// As the agent does.
    void acknowledge(const ledger::Head& head) const {
        auto enrolment = device::Enrolment::load(data).value();
        const wire::LogHead said{
            enrolment.answer.kioskId, head.chain, {head.n, head.hash}, base::toRfc3339(clock.wall()), {}};
        const auto dsse = said.sign(enrolment.key);
        const auto key = crypto::VerifyKey::parse(enrolment.answer.gatewayKey);
        const auto config = device::KioskConfig::load(dir / "kiosk.json").value();
        const base::SystemClock now;
        link::GatewayClient line(
            config.gatewayUrl,
            std::make_shared<net::HttpClient>(net::HttpClient::Options{config.caFile, "test"}), now,
            link::KioskIdentity{enrolment.answer.kioskId, enrolment.answer.tokenAudience,
                                std::move(enrolment.key), key});
        const auto answer = line.postLogHead(dsse);
        REQUIRE(answer);
        REQUIRE(log.keep(*answer, wire::LogAcknowledgement::open(*answer, *key).value()));
    }
};

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("tram log verify: whole, or where and how it is broken") {
    LogStation station;
    CHECK(says(station.tram({"log", "verify"}), "There is no log here yet."));
    station.work();
    const auto whole = station.tram({"log", "verify"});
    CHECK(says(whole, "Chain 1: whole, 5 lines, from 21/11/2026 09:41:07 to 22/11/2026 09:41:07."));
    CHECK(says(whole, "a cut end, or a chain written anew as a whole, cannot be seen"));
    station.edit("\"S-8\"", "\"S-6\"");
    const auto broken = station.tram({"log", "verify"}, 1);
    CHECK(says(broken, "broken at line 4: a line was edited. File 0001-000001.jsonl, line 4 of it."));
    CHECK(says(broken, "The log is NOT whole."));
    station.work();
    const auto after = station.tram({"log", "verify"}, 1);
    CHECK(says(after, "Chain 2: whole, 5 lines"));
    CHECK(says(after, "This chain began because: a line was edited (line 4)"));
}

TEST_CASE("tram log verify: a cut end is found by what the gateway has, whatever lies beside the log") {
    test::LiveCity city;
    LogStation station(city.url());
    station.tram({"enrol", "--code", city.enrolmentCode()});
    const auto head = station.work();
    station.acknowledge(head);
    CHECK(says(station.tram({"log", "verify"}), "acknowledged it up to line 5; behind that"));
    station.cutLastLine();
    CHECK(says(station.tram({"log", "verify", "--offline"}, 1), "broken at line 5: the end was cut off."));
    std::filesystem::remove_all(station.log.directory() / "acknowledged");
    CHECK(says(station.tram({"log", "verify", "--offline"}), "a cut end"));
    CHECK(says(station.tram({"log", "verify"}, 1), "broken at line 5: the end was cut off."));
    const auto kiosk = device::readEnrolmentAnswer(station.data).value().kioskId;
    const auto shown = station.dir / "shown";
    std::ofstream(shown) << city.tool({"log", "show", kiosk});
    CHECK(says(station.tram({"log", "verify", "--offline", "--acknowledged", shown.string()}, 1),
               "the end was cut off"));
    // Of a copy elsewhere, too.
    const auto copy = station.dir / "copy";
    std::filesystem::copy(station.log.directory(), copy, std::filesystem::copy_options::recursive);
    CHECK(says(station.tram({"log", "verify", "--folder", copy.string()}, 1), "the end was cut off"));
    std::filesystem::remove_all(station.log.directory());
    CHECK(says(station.tram({"log", "verify", "--offline", "--acknowledged", shown.string()}, 1),
               "No line is left of chain " + head.chain));
    // The gateway is away: what lies here is what there is.
    city.cutLine();
    station.work();
    CHECK(says(station.tram({"log", "verify"}), "The gateway could not be asked"));
}

TEST_CASE("tram log show: in words, newest first, by day, by whom and by what") {
    LogStation station;
    station.work();
    const auto all = station.tram({"log", "show"});
    CHECK(all ==
          "1/5  22/11/2026 09:41:07  Somebody unlocked  S-9  Quầy 3  (whom: S-7)\n"
          "1/4  22/11/2026 09:41:07  Help ended  S-8  Quầy 3  (ended: referred, seconds: 340)\n"
          "1/3  21/11/2026 09:41:07  An errand  S-7  =HYPERLINK(\"http://x\")  (errand: report, outcome: "
          "kept, to be sent)\n"
          "1/2  21/11/2026 09:41:07  Signed in  S-7  Quầy 3  (role: officer, by: badge)\n"
          "1/1  21/11/2026 09:41:07  A new chain begins  (why: a new log)\n");
    CHECK(station.tram({"log", "show", "--staff", "S-8"}).starts_with("1/4 "));
    CHECK(says(station.tram({"log", "show", "--from", "2026-11-22"}), "1/4 "));
    CHECK_FALSE(says(station.tram({"log", "show", "--from", "2026-11-22"}), "1/3 "));
    CHECK(station.tram({"log", "show", "--until", "2026-11-21"}).starts_with("1/3 "));
    CHECK(station.tram({"log", "show", "--event", "sign_in"}).starts_with("1/2 "));
    CHECK(says(station.tram({"log", "show", "--limit", "2"}), "There is more"));
    CHECK(station.tram({"log", "show", "--staff", "S-1"}) == "There is no such line.\n");
    station.tram({"log", "show", "--from", "yesterday"}, 1);
    station.tram({"log", "show", "--staff", "Yen"}, 1);
    station.tram({"log", "show", "--event", "nothing"}, 1);
    station.edit("\"S-8\"", "\"S-6\"");
    CHECK(says(station.tram({"log", "show"}), "[this line was edited]"));
}

TEST_CASE("tram log export: no cell is a formula to a spreadsheet, and the log says that it was taken out") {
    LogStation station;
    station.work();
    const auto file = station.dir / "log.csv";
    CHECK(
        says(station.tram({"log", "export", file.string(), "--until", "2026-11-21"}), "3 lines are written"));
    const auto csv = base::readFile(file).value();
    CHECK(
        csv.starts_with("\xEF\xBB\xBF"
                        "chain,n,at,event,staff,desk,members,line\r\n"));
    CHECK(says(csv,
               "1,3,2026-11-21T09:41:07.250+07:00,\"errand\",\"S-7\",\"'=HYPERLINK(\"\"http://x\"\")\","
               "\"errand=feedback; outcome=kept\",\r\n"));
    CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::others_read) ==
          std::filesystem::perms::none);
    CHECK(says(station.tram({"log", "show"}), "Log exported  (lines: 3)"));
    // Of a copy nothing is noted.
    const auto copy = station.dir / "copy";
    std::filesystem::copy(station.log.directory(), copy, std::filesystem::copy_options::recursive);
    station.tram({"log", "export", file.string(), "--folder", copy.string()});
    CHECK(says(base::readFile(file).value(), "\"log_exported\""));
    CHECK(base::readFile(copy / station.file().filename()).value() == base::readFile(station.file()).value());
}

TEST_CASE("the log: its table knows the words of those who write to it") {
    const auto fits = [](ledger::Kind kind, const char* member, std::string_view word, ledger::Values rest) {
        rest[member] = std::string(word);
        INFO(word);
        CHECK(ledger::check({.kind = kind, .staff = "S-1", .desk = "", .members = std::move(rest)}));
    };
    for (const auto reason : outbox::kAsideReasons)
        fits(ledger::Kind::SetAside, "reason", name(reason), {{"items", 1}});
    for (const auto part : doctor::kParts)
        fits(ledger::Kind::DeviceTested, "device", name(part), {{"outcome", "works"}});
    using assist::Disposition, assist::Identified;
    for (const auto how : {Identified::ByVneid, Identified::ByCard, Identified::NotAtAll})
        fits(ledger::Kind::FileOpened, "identified", name(how), {});
    for (const auto how :
         {Disposition::Helped, Disposition::Referred, Disposition::Left, Disposition::RefusedConsent})
        fits(ledger::Kind::HelpEnded, "disposition", name(how), {});
    for (const auto how : {wire::Handling::How::Touch, wire::Handling::How::Aloud})
        fits(ledger::Kind::ConsentGiven, "how", name(how), {{"text", "assist-1"}});
    for (const auto role : {wire::StaffRole::Helper, wire::StaffRole::Officer, wire::StaffRole::Supervisor})
        fits(ledger::Kind::SignIn, "role", name(role), {{"way", "badge"}});
}

TEST_CASE("the log: every event, member and value has words in both languages") {
    const auto share = std::filesystem::path(TRAM_TOOL).parent_path().parent_path() / "share/tram/locale";
    for (const char* language : {"vi", "en"}) {
        const auto words = base::Words::load(share, language);
        REQUIRE(words);
        for (std::size_t at = 0; at < ledger::kKinds; ++at) {
            const auto& rule = ledger::ruleFor(static_cast<ledger::Kind>(at));
            CHECK(words->has("log.event." + std::string(rule.name)));
            for (const auto& member : rule.members) {
                CHECK(words->has("log.member." + std::string(member.name)));
                for (const auto word : member.words) {
                    INFO(member.name << ' ' << word);
                    CHECK(words->has("log.value." + std::string(member.name) + "." + std::string(word)));
                }
            }
        }
        for (std::size_t at = 0; at < ledger::kDamages; ++at)
            CHECK(words->has("tool.log.damage." + std::string(name(static_cast<ledger::Damage>(at)))));
    }
}
