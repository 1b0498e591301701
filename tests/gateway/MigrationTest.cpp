#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <numeric>
#include <set>
#include <sstream>

#include "QuietCity.h"
#include "base/Files.h"
#include "gateway/storage/FileCopy.h"
#include "gateway/storage/Schema.h"

using namespace tram;
using namespace tram::test;
namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = fs::path(TRAM_SOURCE_DIR) / "tests/gateway/fixtures";

std::string text(const fs::path& file) {
    auto read = base::readFile(file);
    REQUIRE(read);
    return *read;
}

void write(const fs::path& file, const std::string& hex) {
    const auto bytes = crypto::fromHex(hex);
    REQUIRE(bytes);
    fs::create_directories(file.parent_path());
    REQUIRE(
        base::writeFileAtomically(file, {reinterpret_cast<const char*>(bytes->data()), bytes->size()}, 0600));
}

void writeAll(const fs::path& list, const fs::path& to) {
    std::istringstream lines(text(list));
    for (std::string name, hex; lines >> name >> hex;) write(to / name, hex);
}

void fill(const fs::path& db, const fs::path& dump, int version) {
    SQLite::Database raw(db.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    raw.exec("PRAGMA journal_mode=WAL");
    raw.exec(text(dump));
    raw.exec("PRAGMA user_version=" + std::to_string(version));
}

/// The data directory as the first version left it: a report that 1022 follows, one that was stored when the
/// power went, with a picture, and one in quarantine.
void makeFirst(const fs::path& data) {
    const auto from = kFixtures / "v1";
    fs::create_directories(data);
    writeAll(from / "keys.hex", data / "keys");
    writeAll(from / "attachments.hex", data / "attachments");
    REQUIRE(base::writeFileAtomically(data / "keys" / "sealing.json", text(from / "sealing.json"), 0600));
    fill(data / "gateway.db", from / "gateway.sql", 1);
    fill(data / "reports.db", from / "reports.sql", 1);
}

struct Receipt {
    std::string id, code, secret;
};

std::vector<Receipt> receipts() {
    std::vector<Receipt> all;
    std::istringstream lines(text(kFixtures / "v1" / "receipts.txt"));
    for (Receipt one; lines >> one.id >> one.code >> one.secret;) all.push_back(one);
    return all;
}

std::string envelopeOf(const fs::path& db, const std::string& id) {
    SQLite::Database raw(db.string(), SQLite::OPEN_READONLY);
    SQLite::Statement row(raw, "SELECT bytes FROM envelopes WHERE id = ?");
    row.bind(1, id);
    REQUIRE(row.executeStep());
    return row.getColumn(0).getString();
}

int versionOf(const fs::path& db) {
    return SQLite::Database(db.string(), SQLite::OPEN_READONLY).execAndGet("PRAGMA user_version").getInt();
}

/// What SQLite makes by looking: an index into the log, and a log of nothing.
bool isTrace(const fs::path& file) {
    const auto name = file.filename().string();
    return name == "gateway.lock" || name == "keys.lock" || name.ends_with("-shm") ||
           (name.ends_with("-wal") && fs::file_size(file) == 0);
}

/// Name and hash of every file there but the locks that each start takes.
std::string everyByte(const fs::path& data) {
    std::set<std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(data))
        if (entry.is_regular_file() && !isTrace(entry.path()))
            all.insert(entry.path().string() + ' ' + *gateway::hashOfFile(entry.path()) + '\n');
    return std::accumulate(all.begin(), all.end(), std::string());
}

struct Ended {
    int code = 0;
    std::string text;
};

Ended run(std::vector<std::string> arguments, const fs::path& data) {
    std::vector<std::string> argv = {"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_GATEWAY};
    arguments.insert(arguments.end(), {"--data", data.string()});
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    Ended ended;
    ended.text = runAndRead(argv, ended.code);
    return ended;
}

const std::vector<std::string> kServe = {"serve", "--demo", "--listen", "127.0.0.1:0"};

}  // namespace

TEST_CASE("a store of the first version is read by today's program, and all of it is there") {
    const auto sent = receipts();
    REQUIRE(sent.size() == 3);
    std::vector<std::string> envelopes;
    QuietCity quiet([&](auto& config) {
        makeFirst(config.dataDir);
        for (const auto& receipt : sent)
            envelopes.push_back(envelopeOf(config.dataDir / "gateway.db", receipt.id));
    });
    auto& city = *quiet.city;
    CHECK(versionOf(quiet.data() / "gateway.db") == static_cast<int>(gateway::cityMigrations().size()));
    CHECK(versionOf(quiet.data() / "reports.db") == static_cast<int>(gateway::reportMigrations().size()));

    const auto known =
        city.reports.status(sent[0].code, base::SecretText(sent[0].secret), "x", quiet.clock.wall());
    REQUIRE(known);
    REQUIRE(*known);
    CHECK((*known)->externalNumber == "1022-26-004217");
    CHECK((*known)->history.size() >= 2);
    REQUIRE((*known)->opened);
    CHECK((*known)->opened->text.reveal().find(kCanary) != std::string::npos);
    CHECK((*known)->opened->place.reveal().starts_with("12 Nguyễn Thiện Thuật"));

    CHECK_FALSE(quiet.knows(sent[1].code));
    city.tidy();
    CHECK(quiet.knows(sent[1].code));  // stored then, opened now, with its picture
    const auto counts = city.inbox.counts();
    CHECK(counts->opened == 2);
    CHECK(counts->quarantined == 1);
    CHECK(city.reports.counts()->waiting == 1);
    CHECK(city.reports.counts()->followed == 1);

    // Its kiosk comes back with what it had sent.
    const auto kiosks = city.kiosks.list();
    REQUIRE(kiosks->size() == 2);
    quiet.kiosk = kiosks->front().prefix == sent[0].code.substr(0, 3) ? kiosks->front() : kiosks->back();
    for (const auto& envelope : envelopes)
        CHECK(quiet.take(envelope).verdict == wire::ActionVerdict::Replayed);

    // The first version kept the receipt's secret in the clear; no page of it is left.
    CHECK(quiet.filesWith(sent[0].secret).empty());
    // Who wrote it is no longer opened, and what was is no longer there.
    quiet.city->tidy();
    CHECK(quiet.filesWith("0903 000 000").empty());
    quiet.restart();
    CHECK(quiet.knows(sent[0].code));
}

TEST_CASE("a store from before anybody could log in goes on, and its reports are nobody's own") {
    constexpr std::size_t kCity = 4, kReports = 3;
    const auto first = receipts()[0];
    QuietCity quiet([](auto& config) {
        makeFirst(config.dataDir);
        REQUIRE(store::Database::open(config.dataDir / "gateway.db", gateway::cityMigrations().first(kCity)));
        REQUIRE(store::Database::open(config.dataDir / "reports.db",
                                      gateway::reportMigrations().first(kReports)));
        REQUIRE(versionOf(config.dataDir / "gateway.db") == int(kCity));
        REQUIRE(versionOf(config.dataDir / "reports.db") == int(kReports));
    });
    auto& city = *quiet.city;
    CHECK(versionOf(quiet.data() / "gateway.db") > int(kCity));
    CHECK(versionOf(quiet.data() / "reports.db") > int(kReports));
    CHECK(quiet.knows(first.code));
    CHECK(city.reports.ofSubject("", 10)->empty());
    REQUIRE(city.loginRecords.begun("one", quiet.kiosk.id, quiet.clock.wall()));
    const base::SecretText sub(std::string(42, 'A') + "E");
    const auto mine = quiet.seal("x", 0, [&](auto&, auto& report) { report.reporterSubject = sub.copy(); });
    REQUIRE(quiet.take(mine.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto found = city.reports.ofSubject(city.subjects.indexOf(sub), 10);
    REQUIRE(found->size() == 1);
    CHECK(found->front().code == mine.code);
    REQUIRE(city.erasure.forget(*base::TrackingCode::parse(first.code)));  // its triggers are there as before
    CHECK_FALSE(quiet.knows(first.code));
}

TEST_CASE("a store of a later version is refused in clear words, and nothing is touched") {
    TempDir dir;
    const auto data = dir / "data";
    makeFirst(data);
    const auto file = GENERATE(as<std::string>(), "gateway.db", "reports.db");
    {
        SQLite::Database raw((data / file).string(), SQLite::OPEN_READWRITE);
        raw.exec("PRAGMA user_version=99");
    }
    fs::permissions(data, fs::perms::owner_all);
    const auto before = everyByte(data);
    for (const auto& arguments : {kServe,
                                  {"kiosks"},
                                  {"backup", "--to", (dir / "backups").string()},
                                  {"restored"},
                                  {"quarantine", "list"}}) {
        const auto ended = run(arguments, data);
        INFO(file << ' ' << arguments[0] << ": " << ended.text);
        CHECK(ended.code == 78);
        CHECK(ended.text.find("store_too_new path=" + (data / file).string() + " found=version 99") !=
              std::string::npos);
        CHECK(ended.text.find("a later program made this store") != std::string::npos);
    }
    CHECK(everyByte(data) == before);
}

TEST_CASE("an operator's command does not change the tables under an older program that serves") {
    TempDir dir;
    const auto data = dir / "data";
    makeFirst(data);
    const int lock = open((data / "gateway.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(flock(lock, LOCK_EX) == 0);
    const auto before = everyByte(data);
    CHECK(run({"kiosks"}, data).code == 75);
    CHECK(everyByte(data) == before);
    close(lock);
    CHECK(run({"kiosks"}, data).code == 0);
    CHECK(versionOf(data / "gateway.db") > 1);
}

TEST_CASE("half a store is not completed by an empty half, and lost keys are not made anew") {
    LiveCity city;
    PretendKiosk kiosk(city);
    REQUIRE(kiosk.verdict(kiosk.report().envelope) == "accepted");
    city.stopGateway(SIGTERM);
    const auto missing = GENERATE(as<std::string>(), "gateway.db", "reports.db", "keys", "keys/identity.key");
    const auto data = city.dataDir(), away = city.dataDir().parent_path() / "away";
    fs::rename(data / missing, away);
    const auto before = everyByte(data);
    const auto ended = run(kServe, data);
    INFO(missing << ": " << ended.text);
    CHECK(ended.code == 1);
    const bool key = missing.starts_with("keys");
    CHECK(ended.text.find(key ? "key_missing" : "file_missing") != std::string::npos);
    CHECK(ended.text.find((data / (key ? "keys/identity.key" : missing)).string()) != std::string::npos);
    CHECK_FALSE(fs::is_regular_file(data / missing));
    CHECK(everyByte(data) == before);
    fs::remove_all(data / missing);
    fs::rename(away, data / missing);
    city.startGateway();
    CHECK(city.send({.path = "/healthz"}).status == 200);
}

TEST_CASE("a restore that was cut off before its end is not taken for a beginning") {
    LiveCity city;
    city.stopGateway(SIGTERM);
    const auto data = city.dataDir();
    fs::create_directory(data / gateway::Storage::kRestoring);
    const bool reportsToo = GENERATE(true, false);
    fs::rename(data / "gateway.db", data / gateway::Storage::kRestoring / "gateway.db");
    if (reportsToo) fs::rename(data / "reports.db", data / gateway::Storage::kRestoring / "reports.db");
    const auto before = everyByte(data);
    const auto ended = run(kServe, data);
    CHECK(ended.code == 1);
    CHECK(ended.text.find("file_missing") != std::string::npos);
    CHECK(everyByte(data) == before);
}

TEST_CASE("a first start that was cut off goes on") {
    TempDir dir;
    const auto data = dir / "data";
    for (const char* left : {"keys", "keys and an empty reports.db", "an empty gateway.db too"}) {
        INFO(left);
        QuietCity quiet;
        quiet.city.reset();
        fs::create_directories(data);
        fs::copy(quiet.data() / "keys", data / "keys", fs::copy_options::recursive);
        const std::string_view which = left;
        if (which.ends_with("reports.db") || which.ends_with("too")) std::ofstream(data / "reports.db");
        if (which.ends_with("too")) std::ofstream(data / "gateway.db");
        auto config = quiet.config;
        config.dataDir = data;
        const auto city = gateway::City::open(config, quiet.clock);
        CHECK(city);
        fs::remove_all(data);
    }
}
