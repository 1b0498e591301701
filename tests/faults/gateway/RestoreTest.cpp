#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <iostream>
#include <map>
#include <set>

#include "GatewayBooks.h"
#include "outbox/BackupMarks.h"
#include "tests/faults/line/LineKiosk.h"

using namespace tram;
using namespace tram::test;
using line::LineKiosk;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kPatience{150};

SQLite::Database openFile(const fs::path& file) {
    return {file.string(), SQLite::OPEN_READONLY, 10'000};
}

std::size_t count(const fs::path& file, const std::string& sql) {
    auto db = openFile(file);
    return static_cast<std::size_t>(db.execAndGet(sql).getInt64());
}

std::size_t reportsIn(const LiveCity& city) {
    return count(city.dataDir() / "reports.db", "SELECT count(*) FROM reports WHERE external_number <> ''");
}

/// Report → 1022's number of it.
std::map<std::string, std::string> casesOf(const fs::path& demo) {
    std::map<std::string, std::string> cases;
    auto db = openFile(demo);
    SQLite::Statement rows(db, "SELECT report, number FROM cases");
    while (rows.executeStep()) cases[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
    return cases;
}

std::string tool(const std::vector<std::string>& arguments) {
    std::vector<std::string> argv = {TRAM_GATEWAY};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    int exitCode = 0;
    auto said = runAndRead(argv, exitCode);
    CHECK(exitCode == 0);
    return said;
}

/// The data directory is lost; keys come from escrow, the databases from the newest backup. The pretend 1022
/// is another house: its books are not the gateway's to lose.
void loseAndRestore(LiveCity& city, const fs::path& backups) {
    const auto lost = city.dataDir().parent_path() / "lost";
    city.stopGateway(SIGKILL);
    fs::rename(city.dataDir(), lost);
    tool({"restore", "--from", backups.string(), "--data", city.dataDir().string()});
    fs::copy(lost / "keys", city.dataDir() / "keys", fs::copy_options::recursive);
    for (const auto* file : {"demo-1022.db", "demo-1022.db-wal"})
        if (fs::exists(lost / file)) fs::copy(lost / file, city.dataDir() / file);
    city.startGateway();
}

/// With its agent running: everything that is kept arrives, and 1022 has it.
void waitUntilSent(const LineKiosk& kiosk, const LiveCity& city, std::size_t reports) {
    REQUIRE(eventually([&] { return kiosk.counts().waiting == 0 && reportsIn(city) == reports; }, kPatience));
}

/// Every action once, with its pictures, and with the number that 1022 gave it in the first life.
void checkAll(const LiveCity& city, const std::map<std::string, std::string>& before,
              const std::vector<base::Uuid>& kept) {
    std::map<std::string, Arrival> arrivals;
    for (auto& arrival : GatewayBooks::arrivals(city.dataDir())) {
        CHECK(arrivals.count(arrival.id) == 0);
        arrivals[arrival.id] = arrival;
    }
    std::size_t lost = 0, wrong = 0;
    for (const auto& id : kept) {
        const auto found = arrivals.find(id.text());
        if (found == arrivals.end()) {
            ++lost;
            continue;
        }
        const auto& arrival = found->second;
        bool fine = arrival.state == "opened" && arrival.reports == 1 && arrival.cases.size() == 1 &&
                    arrival.number == before.at(id.text()) && arrival.cases[0] == arrival.number;
        for (const auto& picture : arrival.pictures) fine = fine && picture && picture->size() == 60'000;
        wrong += !fine;
    }
    CHECK(lost == 0);
    CHECK(wrong == 0);
    CHECK(casesOf(city.dataDir() / "demo-1022.db") == before);
    CHECK(GatewayBooks::storeFaults(city.dataDir()) == std::vector<std::string>{});
    CHECK(GatewayBooks::attachmentFaults(city.dataDir()) == std::vector<std::string>{});
}

}  // namespace

TEST_CASE("restored from a backup that 1,000 actions followed: they come again, none lost, none doubled") {
    // STANDARDS 9
    LiveCity city;
    LineKiosk kiosk(city, city.url());
    const auto backups = city.dataDir().parent_path() / "backups";
    kiosk.startAgent();
    kiosk.keepMany(50);
    waitUntilSent(kiosk, city, 50);
    tool({"backup", "--data", city.dataDir().string(), "--to", backups.string()});
    kiosk.keepMany(1000);
    waitUntilSent(kiosk, city, 1050);
    const auto before = casesOf(city.dataDir() / "demo-1022.db");
    REQUIRE(before.size() == 1050);

    const auto begun = std::chrono::steady_clock::now();
    loseAndRestore(city, backups);
    const auto back = std::chrono::steady_clock::now();
    CHECK(count(city.dataDir() / "gateway.db", "SELECT count(*) FROM envelopes WHERE sequence <= 50") == 50);
    REQUIRE(eventually([&] { return reportsIn(city) == 1050; }, kPatience));
    const std::chrono::duration<double> restoring = back - begun,
                                        again = std::chrono::steady_clock::now() - back;
    std::cout << "restore: " << restoring.count()
              << " s; 1,000 actions offered and taken again: " << again.count() << " s\n";
    REQUIRE(eventually([&] { return kiosk.counts().waiting == 0; }));
    CHECK(kiosk.counts().needsAttention == 0);
    checkAll(city, before, kiosk.kept);

    // Life goes on, and a second disaster before the next backup is no worse.
    kiosk.keepMany(20);
    REQUIRE(eventually([&] { return reportsIn(city) == 1070; }, kPatience));
    const auto then = casesOf(city.dataDir() / "demo-1022.db");
    REQUIRE(then.size() == 1070);
    fs::remove_all(city.dataDir().parent_path() / "lost");
    loseAndRestore(city, backups);
    REQUIRE(eventually([&] { return reportsIn(city) == 1070; }, kPatience));
    REQUIRE(eventually([&] { return kiosk.counts().waiting == 0; }));
    checkAll(city, then, kiosk.kept);
    CHECK(kiosk.stopAgent() == 0);
}

TEST_CASE("a kiosk learns how far the backups reach, and only what is behind that may be pruned") {
    LiveCity city;
    LineKiosk kiosk(city, city.url());
    const auto backups = city.dataDir().parent_path() / "backups";
    kiosk.startAgent();
    kiosk.keepMany(5);
    waitUntilSent(kiosk, city, 5);
    const auto marks = [&] { return outbox::BackupMarks::parse(kiosk.store->note("backups").value()); };
    CHECK(marks().heldFor(base::Millis(0)) == 0);
    tool({"backup", "--data", city.dataDir().string(), "--to", backups.string()});
    kiosk.keep();
    REQUIRE(eventually([&] { return marks().heldFor(base::Millis(0)) == 5; }));
    REQUIRE(eventually([&] { return kiosk.counts().waiting == 0; }));
    kiosk.stopAgent();
    // What came after it is in no backup, and stays here whatever its age.
    REQUIRE(kiosk.store->list(outbox::ItemState::Accepted, 100).value().size() == 6);
    CHECK(kiosk.store->prune(marks().heldFor(base::Millis(0))).value() == 5);
    CHECK(kiosk.store->list(outbox::ItemState::Accepted, 100).value().front().id == kiosk.kept.back());
}

TEST_CASE(
    "a kiosk enrolled after the backup is a stranger to the restored gateway, loses nothing, and is "
    "readmitted") {
    LiveCity city;
    const auto backups = city.dataDir().parent_path() / "backups";
    LineKiosk old(city, city.url());
    old.startAgent();
    old.keepMany(10);
    waitUntilSent(old, city, 10);
    tool({"backup", "--data", city.dataDir().string(), "--to", backups.string()});
    LineKiosk young(city, city.url());
    young.startAgent();
    young.keepMany(30);
    waitUntilSent(young, city, 40);
    const auto before = casesOf(city.dataDir() / "demo-1022.db");
    loseAndRestore(city, backups);
    young.keepMany(5);

    // It is not believed and waits; nothing of it is given up, nothing needs anybody at the kiosk.
    REQUIRE(eventually([&] { return young.counts().waiting == 35; }));
    CHECK(young.counts().needsAttention == 0);
    CHECK(reportsIn(city) == 10);
    CHECK(count(city.dataDir() / "gateway.db", "SELECT count(*) FROM kiosks") == 1);

    // Its operator reads the command from the kiosk, the gateway's types it in.
    auto command = young.tool({"enrol", "--show"});
    REQUIRE(command.starts_with("tram-gateway readmit --id " + young.id()));
    while (!command.empty() && command.back() == '\n') command.pop_back();
    command =
        std::string(TRAM_GATEWAY) + command.substr(command.find(' ')) + " --data " + city.dataDir().string();
    int exitCode = 0;
    runAndRead({"/bin/sh", "-c", command}, exitCode);
    REQUIRE(exitCode == 0);
    runAndRead({"/bin/sh", "-c", command + " 2>/dev/null"}, exitCode);
    CHECK(exitCode == 1);  // once

    young.stopAgent();
    young.startAgent();  // or at the end of its backoff
    REQUIRE(eventually([&] { return reportsIn(city) == 45 && young.counts().waiting == 0; }, kPatience));
    auto now = casesOf(city.dataDir() / "demo-1022.db");
    CHECK(now.size() == 45);
    for (const auto& [report, number] : before) CHECK(now.at(report) == number);
    auto kept = young.kept;
    kept.insert(kept.end(), old.kept.begin(), old.kept.end());
    checkAll(city, now, kept);
    CHECK(old.counts().waiting == 0);
    old.stopAgent();
    young.stopAgent();
}
