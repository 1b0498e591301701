// One store, many programs: kiosks that keep, the real agent that sends to a real gateway, the real tool that
// looks and retries. And the same with a store that was damaged.
#include <sys/wait.h>
#include <unistd.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "LiveCity.h"
#include "base/Files.h"
#include "outbox/SqliteOutboxStore.h"
#include "outbox/StoreRepair.h"
#include "tests/faults/disk/Station.h"
#include "tests/support/TempDir.h"

using namespace tram;
using base::ProblemKind;
using outbox::SqliteOutboxStore;
namespace fs = std::filesystem;

namespace {

/// An enrolled station in a directory of its own, and the programs on it.
class Unit {
  public:
    explicit Unit(test::LiveCity& city) : city_(city) {
        for (const auto& each : {data(), dir_ / "run"}) fs::create_directories(each);
        fs::permissions(data(), fs::perms::owner_all);
        std::ofstream(config()) << R"({"demo": true, "gateway_url": ")" << city.url() << R"(", "data_dir": ")"
                                << data().string() << R"(", "runtime_dir": ")" << (dir_ / "run").string()
                                << "\"}";
        int exit = 0;
        INFO(tool({"enrol", "--code", city.enrolmentCode()}, exit));
        REQUIRE(exit == 0);
    }
    fs::path data() const { return dir_ / "data"; }
    std::string tool(std::vector<std::string> arguments, int& exit) const {
        std::vector<std::string> argv{TRAM_TOOL, "--lang", "en", "--config", config().string()};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        return test::runAndRead(argv, exit);
    }
    void startAgent() { agent_.start({TRAM_AGENT, "--config", config().string()}, log()); }
    int stopAgent(int signal = SIGTERM) { return agent_.stop(signal); }
    std::string agentLog() const { return base::readFile(log()).value_or(""); }
    /// How many envelopes of this station the gateway has stored.
    std::size_t arrived() const {
        SQLite::Database db((city_.dataDir() / "gateway.db").string(), SQLite::OPEN_READONLY, 5000);
        return static_cast<std::size_t>(db.execAndGet("SELECT count(DISTINCT id) FROM envelopes").getInt64());
    }
    std::size_t waiting() const {
        const auto store = SqliteOutboxStore::open(data());
        return store ? (*store)->counts()->waiting : ~std::size_t{0};
    }

  private:
    fs::path config() const { return dir_ / "kiosk.json"; }
    fs::path log() const { return dir_ / "agent.log"; }
    test::LiveCity& city_;
    test::TempDir dir_;
    test::Child agent_;
};

/// What one keeper told, line by line, read while it runs.
struct Keeper {
    Keeper(const fs::path& data, int count)
        : thread([this, data, count] {
              told = test::runAndRead({DISK_KEEPER, data.string(), std::to_string(count)}, exit);
          }) {}
    void wait() {
        if (thread.joinable()) thread.join();
    }
    ~Keeper() { wait(); }
    int exit = -1;
    std::string told;
    std::thread thread;
};

std::size_t sizeOf(const fs::path& file) {
    std::error_code absent;
    const auto size = fs::file_size(file, absent);
    return absent ? 0 : size;
}

}  // namespace

TEST_CASE("kiosk, agent and tool on one store at once: nothing lost, doubled or shown as busy") {
    constexpr int kKeepers = 3, kReports = 120;
    test::LiveCity city;
    Unit unit(city);
    unit.startAgent();
    std::set<std::string> told;
    std::size_t wal = 0, looks = 0;
    {
        std::vector<std::unique_ptr<Keeper>> keepers;
        for (int i = 0; i < kKeepers; ++i) keepers.push_back(std::make_unique<Keeper>(unit.data(), kReports));
        std::atomic<bool> done = false;
        std::thread waiter([&] {
            for (auto& keeper : keepers) keeper->wait();
            done = true;
        });
        for (; !done; ++looks) {
            const std::vector<std::string> arguments =
                looks % 3 == 0 ? std::vector<std::string>{"queue", "retry", "--all"}
                               : std::vector<std::string>{"queue", "list"};
            int exit = -1;
            const auto said = unit.tool(arguments, exit);
            INFO(said);
            CHECK(exit == 0);
            wal = std::max(wal, sizeOf(unit.data() / "outbox.db-wal"));
        }
        waiter.join();
        for (const auto& keeper : keepers) {
            INFO(keeper->told);
            CHECK(keeper->exit == 0);
            std::istringstream lines(keeper->told);
            for (std::string id; std::getline(lines, id);) told.insert(id);
        }
    }
    CHECK(told.size() == kKeepers * kReports);
    CHECK(test::eventually([&] { return unit.waiting() == 0; }, std::chrono::seconds(60)));
    CHECK(unit.arrived() == told.size());
    const auto store = SqliteOutboxStore::open(unit.data()).value();
    CHECK(store->counts()->accepted == told.size());
    CHECK(faults::faultsOf(*store).empty());
    for (const auto& id : told) CHECK(store->find(*base::Uuid::parse(id))->has_value());
    INFO(unit.agentLog());
    CHECK(unit.agentLog().find("busy") == std::string::npos);
    // Whoever reads keeps a checkpoint from ending, so that the -wal grows for as long as somebody always
    // does; when that is over, the next commits bring it back (Database.cpp, kWalLimit).
    CHECK(test::eventually(
        [&] {
            int exit = -1;
            test::runAndRead({DISK_KEEPER, unit.data().string(), "1"}, exit);
            return exit == 0 && sizeOf(unit.data() / "outbox.db-wal") <= (4u << 20);
        },
        std::chrono::seconds(60)));
    CHECK(unit.stopAgent() == 0);
    std::cout << told.size() << " kept by " << kKeepers << " processes, " << looks
              << " looks by the tool, largest -wal " << wal / 1024 << " KiB" << std::endl;
}

TEST_CASE("of several writers on one store none starves") {
    constexpr int kKeepers = 4, kReports = 300;
    test::LiveCity city;
    Unit unit(city);
    std::map<std::string, int> keeperOf;
    {
        std::vector<std::unique_ptr<Keeper>> keepers;
        for (int i = 0; i < kKeepers; ++i) keepers.push_back(std::make_unique<Keeper>(unit.data(), kReports));
        for (int i = 0; i < kKeepers; ++i) {
            keepers[i]->wait();
            INFO(keepers[i]->told);
            CHECK(keepers[i]->exit == 0);
            std::istringstream lines(keepers[i]->told);
            for (std::string id; std::getline(lines, id);) keeperOf[id] = i;
        }
    }
    // By the order of the rows, whatever the machine's speed: how far each was when the first had ended.
    std::vector<int> kept(kKeepers, 0);
    const auto items = SqliteOutboxStore::open(unit.data()).value()->list({}, 10'000).value();
    REQUIRE(items.size() == kKeepers * kReports);
    for (const auto& item : items)
        if (++kept[keeperOf.at(item.id.text())] == kReports) break;
    CAPTURE(kept);
    std::cout << "writers when the first of " << kKeepers << " had kept " << kReports << ":";
    for (const int each : kept) std::cout << ' ' << each;
    std::cout << std::endl;
    // Who begins last has less to show. With SQLite's own steps of up to 100 ms the last had 41 to 49 of 100.
    CHECK(*std::ranges::min_element(kept) > kReports * 6 / 10);
}

TEST_CASE("a damaged store: the agent waits until it is let go of, puts it aside, and sends what was in it") {
    test::LiveCity city;
    Unit unit(city);
    {
        Keeper keeper(unit.data(), 60);
        keeper.wait();
        REQUIRE(keeper.exit == 0);
    }
    // Page 1 is the way to all others: SQLite opens nothing any more.
    std::fstream(unit.data() / "outbox.db", std::ios::in | std::ios::out | std::ios::binary)
        << std::string(4096, '\x5a');
    int exit = 0;
    unit.tool({"queue", "list"}, exit);
    CHECK(exit == 1);
    CHECK(outbox::storeSuspected(unit.data()));
    INFO(unit.tool({"doctor"}, exit));
    CHECK(exit == 1);
    {
        const auto page = outbox::StoreHold::alone(unit.data());  // as if it were in somebody's hands
        REQUIRE(page);
        unit.startAgent();
        CHECK(test::eventually([&] { return unit.agentLog().find("store_damaged") != std::string::npos; }));
        CHECK(outbox::storesPutAside(unit.data()).empty());
    }
    CHECK(test::eventually([&] { return unit.arrived() == 60; }, std::chrono::seconds(30)));
    CHECK(test::eventually([&] { return unit.waiting() == 0; }));
    CHECK(outbox::storesPutAside(unit.data()).size() == 1);
    CHECK_FALSE(outbox::storeSuspected(unit.data()));
    CHECK(unit.agentLog().find("store_put_aside saved=60 broken=0") != std::string::npos);
    CHECK(test::eventually([&] {  // by its next heartbeat
        return city.send({.path = "/metrics"}).body.find("\ntram_kiosks_with_damaged_store 1\n") !=
               std::string::npos;
    }));
    const auto said = unit.tool({"doctor"}, exit);
    INFO(said);
    CHECK(said.find("outbox.db.damaged-") != std::string::npos);
    unit.tool({"queue", "list", "--accepted"}, exit);
    CHECK(exit == 0);
    CHECK(unit.stopAgent() == 0);
}

TEST_CASE(
    "a store deleted or emptied while nobody ran: staff are told, and the next report is kept and sent") {
    test::LiveCity city;
    Unit unit(city);
    {
        Keeper keeper(unit.data(), 5);
        keeper.wait();
        REQUIRE(keeper.exit == 0);
    }
    SECTION("deleted") {
        fs::remove(unit.data() / "outbox.db");
    }
    SECTION("emptied") {
        fs::resize_file(unit.data() / "outbox.db", 0);
    }
    int exit = 0;
    const auto before = unit.tool({"doctor"}, exit);
    INFO(before);
    CHECK(exit == 1);
    CHECK(before.find("was deleted or emptied") != std::string::npos);
    unit.tool({"queue", "is-empty"}, exit);  // the packages' purge asks so
    CHECK(exit == 1);
    unit.startAgent();
    CHECK(test::eventually([&] { return unit.agentLog().find("store_was_lost") != std::string::npos; }));
    CHECK(test::eventually([&] { return !outbox::storeSuspected(unit.data()); }));
    {
        Keeper keeper(unit.data(), 5);
        keeper.wait();
        CHECK(keeper.exit == 0);
    }
    CHECK(test::eventually([&] { return unit.arrived() == 5; }, std::chrono::seconds(30)));
    const auto after = unit.tool({"doctor"}, exit);
    INFO(after);
    CHECK(after.find("outbox.db.damaged-") != std::string::npos);
    CHECK(unit.stopAgent() == 0);
}

TEST_CASE(
    "damage in the midst of the file is found by the agent's check after an unclean stop") {  // STANDARDS 5
    test::LiveCity city;
    Unit unit(city);
    unit.startAgent();
    REQUIRE(test::eventually([&] { return fs::exists(unit.data() / "outbox.db"); }));
    unit.stopAgent(SIGKILL);
    {
        Keeper keeper(unit.data(), 80);
        keeper.wait();
        REQUIRE(keeper.exit == 0);
    }
    const auto size = sizeOf(unit.data() / "outbox.db");
    REQUIRE(size > 30 * 4096);
    {
        std::fstream file(unit.data() / "outbox.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(size / 4096 / 2 * 4096));
        file << std::string(2 * 4096, '\x5a');
    }
    unit.startAgent();
    CHECK(test::eventually([&] { return !outbox::storesPutAside(unit.data()).empty(); }));
    CHECK(test::eventually([&] { return unit.waiting() == 0; }, std::chrono::seconds(30)));
    const auto arrived = unit.arrived();
    CHECK(arrived >= 80 - 24);
    std::cout << "two pages overwritten: " << arrived << " of 80 arrived" << std::endl;
    CHECK(unit.stopAgent() == 0);
}

TEST_CASE("the tool tells an age no more exactly than it is known, and tries that came to nothing") {
    test::LiveCity city;
    Unit unit(city);
    const auto now = base::SystemClock().wall();
    const auto keep = [&](base::WallTime keptAt) {
        outbox::Item item{.id = base::Uuid::v7(keptAt)};
        item.kind = "feedback.report";
        item.envelope = "{}";
        item.keptAt = keptAt;
        const auto store = SqliteOutboxStore::open(unit.data()).value();
        REQUIRE(store->add(item));
        REQUIRE(store->markBegun({item.id}));
        return item.id.text();
    };
    const auto ages = [&](const std::string& id) {
        int exit = 0;
        const auto said = unit.tool({"queue", "show", id}, exit);
        const auto age = said.substr(said.find("AGE: "));
        CHECK(said.find("TRIES: 1\n") != std::string::npos);
        return age.substr(0, age.find('\n'));
    };
    const auto hour = base::coarseToHour(now);
    const auto young = ages(keep(hour - std::chrono::hours(1)));
    CHECK((young == "AGE: < 2 h" || young == "AGE: < 3 h"));  // the hour may be over just now
    CHECK(ages(keep(hour - std::chrono::hours(72) + std::chrono::hours(1))) == "AGE: 2 d");
    const auto exact = now - std::chrono::minutes(95);
    CHECK(ages(keep(exact == base::coarseToHour(exact) ? exact - base::Millis(1) : exact)).ends_with(" min"));
}

TEST_CASE("a store that cannot be written is told as that") {
    const test::TempDir dir;
    const auto data = dir / "data";
    {
        const auto store = SqliteOutboxStore::open(data);
        REQUIRE(store);
    }
    for (const auto& each :
         {fs::path("outbox.db"), fs::path("store.lock"), fs::path("attachments"), fs::path()})
        fs::permissions(data / each, fs::perms::owner_read | fs::perms::owner_exec);
    // Root may write anywhere: somebody else tries.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (::geteuid() == 0) {
            fs::permissions(dir.path(), fs::perms::all);
            fs::permissions(data, fs::perms(0555));
            if (::setresuid(65534, 65534, 65534) != 0) ::_exit(9);
        }
        const auto store = SqliteOutboxStore::open(data);
        ::_exit(store ? 1 : store.error().kind == ProblemKind::StoreReadOnly ? 0 : 2);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    fs::permissions(data, fs::perms::owner_all);
    fs::permissions(data / "attachments", fs::perms::owner_all);
}
