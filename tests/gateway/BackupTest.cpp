#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "QuietCity.h"
#include "base/Files.h"
#include "gateway/storage/Backup.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string backUp(LiveCity& city, const fs::path& to, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"backup", "--to", to.string()});
    const auto said = city.tool(more);
    return said.substr(0, said.find('\t'));
}

wire::BatchAnswer answerTo(PretendKiosk& kiosk) {
    const auto answer = wire::BatchAnswer::parse(kiosk.post({kiosk.report().envelope}).body);
    REQUIRE(answer);
    return *answer;
}

int shell(const std::string& command) {
    int exitCode = 0;
    runAndRead({"/bin/sh", "-c", command}, exitCode);
    return exitCode;
}

int restoreTo(const fs::path& from, const fs::path& data, std::string* said = nullptr) {
    int exitCode = 0;
    const auto out = runAndRead({"/bin/sh", "-c",
                                 std::string("exec ") + TRAM_GATEWAY + " restore --from " + from.string() +
                                     " --data " + data.string() + " 2>&1"},
                                exitCode);
    if (said) *said = out;
    return exitCode;
}

bool unfinishedHas(const fs::path& to, const char* file) {
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(to, gone))
        if (entry.path().filename().string().starts_with(".unfinished-") &&
            fs::exists(entry.path() / file, gone))
            return true;
    return false;
}

/// Looks without a rest: what is to be seen is there for a moment only.
bool atOnce(const std::function<bool()>& what) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    while (!what())
        if (std::chrono::steady_clock::now() > until) return false;
    return true;
}

std::size_t entriesOf(const fs::path& dir) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(dir), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a backup beside a serving gateway is whole, checked, private, and kiosks are told only then") {
    LiveCity city;
    PretendKiosk kiosk(city);
    Attachment picture;
    const auto sent = kiosk.report([&](wire::ActionBody& body, auto&) {
        picture = attachmentFor(body.id, "picture");
        body.attachments.push_back({picture.ref.sha256,
                                    picture.ref.size,
                                    {picture.ref.key.key.copy(), picture.ref.key.header},
                                    "image/jpeg"});
    });
    REQUIRE(kiosk.put(picture.ref.sha256, picture.bytes).status == 204);
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    CHECK(answerTo(kiosk).backedUp == 0);

    const auto to = city.dataDir().parent_path() / "backups";
    const auto before = base::SystemClock().wall();
    const fs::path set = backUp(city, to);
    const auto answer = answerTo(kiosk);
    CHECK(answer.taken == 3);
    CHECK(answer.backedUp == 2);
    base::WallTime began;
    const auto state = json::parse(city.send({.path = "/dashboard/state"}).body);
    REQUIRE(base::fromRfc3339(state.at("backed_up_through").get<std::string>(), began));
    CHECK(began >= before);
    CHECK(began <= base::SystemClock().wall());
    CHECK(gateway::BackupSet::find(set)->began == began);
    CHECK(set.filename().string().starts_with("n00000001-"));
    CHECK(city.send({.path = "/metrics"}).body.find("tram_backup_age_seconds ") != std::string::npos);

    CHECK(shell("cd " + set.string() + " && sha256sum --strict --status -c SHA256SUMS") == 0);
    CHECK(fs::exists(set / "attachments" / kiosk.place.kioskId / picture.ref.sha256));
    CHECK_FALSE(fs::exists(set / "keys"));
    CHECK(entriesOf(set) == 5);  // two databases, attachments, BACKUP, SHA256SUMS: no -wal, no -shm
    for (const auto& entry : fs::recursive_directory_iterator(set)) {
        INFO(entry.path());
        struct stat info{};
        REQUIRE(stat(entry.path().c_str(), &info) == 0);
        CHECK((info.st_mode & 077) == 0);
        CHECK(entry.path().string().find("CANARY") == std::string::npos);
    }
    CHECK(filesWith(set, "CANARY") == std::vector<std::string>{"reports.db"});

    const fs::path withKeys = backUp(city, to, {"--with-keys"});
    CHECK(fs::exists(withKeys / "keys" / "identity.key"));
    // What the backup before has is not written again.
    const auto name = fs::path("attachments") / kiosk.place.kioskId / picture.ref.sha256;
    CHECK(fs::hard_link_count(withKeys / name) == 3);
    CHECK(fs::equivalent(set / name, withKeys / name));

    CHECK(city.tool({"backup", "--to", (city.dataDir() / "inside").string()}, 78).empty());
    CHECK_FALSE(fs::exists(city.dataDir() / "inside"));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("only the newest backups are kept, a cut off one is nobody's backup and is cleared away") {
    LiveCity city;
    const auto to = city.dataDir().parent_path() / "backups";
    std::vector<std::string> sets;
    for (int at = 0; at < 4; ++at) sets.push_back(backUp(city, to));
    fs::create_directories(to / ".unfinished-n00000009-20261121T000000.000Z" / "attachments");
    fs::create_directory(to / "notes");  // not ours
    sets.push_back(backUp(city, to, {"--keep", "2"}));
    const auto left = gateway::BackupSet::in(to);
    REQUIRE(left.size() == 2);
    CHECK(left[0].string() == sets[3]);
    CHECK(left[1].string() == sets[4]);
    CHECK(entriesOf(to) == 4);  // two backups, notes, the lock
    CHECK(city.tool({"backup", "--to", to.string(), "--keep", "0"}, 105).empty());

    // One that an earlier version made, or a clock that was years ahead, is older than any with a higher
    // number.
    fs::rename(left[0], to / "20991231T000000.000Z");
    fs::rename(left[1], to / "n00000005-20991231T000000.000Z");
    const fs::path newest = backUp(city, to, {"--keep", "1"});
    CHECK(gateway::BackupSet::in(to) == std::vector<fs::path>{newest});
    CHECK(newest.filename().string().starts_with("n00000006-"));

    // Killed as soon as each of its files is there, a backup is whole or not there (SIGKILL leaves no time
    // for anything).
    for (const char* file : {"", "gateway.db", "reports.db", "attachments", "keys", "BACKUP", "SHA256SUMS"}) {
        INFO(file);
        Child child;
        child.start(
            {TRAM_GATEWAY, "backup", "--with-keys", "--data", city.dataDir().string(), "--to", to.string()},
            to / "log");
        const auto sets = gateway::BackupSet::in(to).size();
        REQUIRE(atOnce([&] { return unfinishedHas(to, file) || gateway::BackupSet::in(to).size() > sets; }));
        child.stop(SIGKILL);
        for (const auto& set : gateway::BackupSet::in(to)) {
            const auto found = gateway::BackupSet::find(set);
            REQUIRE(found);
            CHECK(found->verify());
        }
    }
    const fs::path last = backUp(city, to);
    CHECK(last == gateway::BackupSet::in(to).back());
    for (const auto& entry : fs::directory_iterator(to))
        CHECK_FALSE(entry.path().filename().string().starts_with(".unfinished"));
}

TEST_CASE("a damaged backup is not restored, nor is any over what is there") {
    LiveCity city;
    PretendKiosk kiosk(city);
    REQUIRE(kiosk.verdict(kiosk.report().envelope) == "accepted");
    const auto top = city.dataDir().parent_path();
    const fs::path set = backUp(city, top / "backups", {"--with-keys"});
    const auto data = top / "new";
    std::string said;
    CHECK(restoreTo(set, city.dataDir(), &said) == 1);
    CHECK(said.find("conflict") != std::string::npos);
    CHECK(said.find("an empty directory") != std::string::npos);
    CHECK(restoreTo(top / "nothing", data, &said) == 1);
    CHECK(said.find("file_missing") != std::string::npos);

    const auto refused = [&](const char* why, const std::function<void(const fs::path&)>& harm) {
        const auto copy = top / "copy";
        fs::copy(set, copy, fs::copy_options::recursive);
        harm(copy);
        CHECK(restoreTo(copy, data, &said) == 1);
        INFO(why << ": " << said);
        CHECK(said.find("store_damaged") != std::string::npos);
        CHECK_FALSE(fs::exists(data));
        fs::remove_all(copy);
    };
    const auto append = [](const fs::path& file, const std::string& bytes) {
        std::ofstream(file, std::ios::binary | std::ios::app) << bytes;
    };
    refused("a byte more", [&](const fs::path& copy) { append(copy / "reports.db", "x"); });
    refused("a byte changed", [&](const fs::path& copy) {
        std::fstream file(copy / "gateway.db", std::ios::binary | std::ios::in | std::ios::out);
        file.seekg(5000);
        const char was = static_cast<char>(file.get());
        file.seekp(5000);
        file.put(static_cast<char>(was ^ 1));
    });
    refused("a file gone", [&](const fs::path& copy) { fs::remove(copy / "keys" / "content.key"); });
    refused("no sums", [&](const fs::path& copy) { fs::remove(copy / "SHA256SUMS"); });
    refused("sums cut short", [&](const fs::path& copy) { fs::resize_file(copy / "SHA256SUMS", 100); });
    refused("a path out of it", [&](const fs::path& copy) {
        append(copy / "SHA256SUMS", std::string(64, 'a') + "  ../outside\n");
    });
    refused("a link", [&](const fs::path& copy) {
        fs::remove(copy / "keys" / "content.key");
        fs::create_symlink("/etc/hostname", copy / "keys" / "content.key");
    });

    CHECK(restoreTo(top / "backups", data, &said) == 0);  // the newest
    CHECK(said.find("keys=yes") != std::string::npos);
    CHECK(restoreTo(set, data) == 1);
    CHECK(filesWith(data, "restoring").empty());
}

TEST_CASE(
    "restored without its keys it is not served, restored with them it is another life of the same gateway") {
    LiveCity city({.speed = 1});
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    const auto code = city.enrolmentCode();
    const auto epoch = json::parse(city.send({.path = "/healthz"}).body).at("epoch");
    const auto top = city.dataDir().parent_path();
    const fs::path set = backUp(city, top / "backups");
    city.stopGateway(SIGTERM);
    fs::rename(city.dataDir(), top / "lost");
    REQUIRE(restoreTo(set, city.dataDir()) == 0);

    int exitCode = 0;
    const auto said =
        runAndRead({"/bin/sh", "-c",
                    std::string("exec ") + TRAM_GATEWAY + " serve --demo --listen 127.0.0.1:0 --data " +
                        city.dataDir().string() + " 2>&1"},
                   exitCode);
    CHECK(exitCode == 1);
    CHECK(said.find("key_missing") != std::string::npos);

    fs::rename(top / "lost" / "keys", city.dataDir() / "keys");
    city.startGateway();
    CHECK(json::parse(city.send({.path = "/healthz"}).body).at("epoch") != epoch);
    CHECK(kiosk.verdict(sent.envelope) == "HTTP 401");  // tokens of the former life are void
    kiosk.token = kiosk.askToken(kiosk.assertion());
    const auto answer = wire::BatchAnswer::parse(kiosk.post({sent.envelope}).body);
    REQUIRE(answer);
    CHECK(answer->results[0].verdict == wire::ActionVerdict::Replayed);
    CHECK(answer->taken == 1);
    CHECK(answer->backedUp == 1);
    const auto parsed = wire::EnrolmentCode::parse(code);
    CHECK(city.send({.method = "POST",
                     .path = "/v1/kiosks",
                     .type = "application/json",
                     .body = wire::EnrolmentRequest{parsed->secret, kiosk.key.verifyKey().text()}.toJson()})
              .status == 403);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("under load, what any backup calls opened is in it, and what came before it is in it") {
    QuietCity quiet;
    std::atomic<bool> stop{false};
    std::mutex mutex;
    std::vector<std::pair<std::string, std::int64_t>> accepted;  // and the number that its kiosk was told
    std::thread sender([&] {
        while (!stop) {
            const auto sent = quiet.seal("x");
            const auto answer = quiet.city->inbox.take(quiet.kiosk, {sent.bytes}, quiet.clock.wall());
            if (!answer || answer->results[0].verdict != wire::ActionVerdict::Accepted) continue;
            std::lock_guard lock(mutex);
            accepted.emplace_back(sent.code, answer->taken);
        }
    });
    auto beside = gateway::Storage::openExisting(quiet.data());
    REQUIRE(beside);
    for (int at = 0; at < 8; ++at) {
        const auto done =
            gateway::backUp(*beside, {quiet.dir / "backups", true, std::nullopt, "test"}, quiet.clock);
        REQUIRE(done);
        CHECK(done->missing == 0);
    }
    stop = true;
    sender.join();
    std::size_t largest = 0;
    for (const auto& set : gateway::BackupSet::in(quiet.dir / "backups")) {
        const auto data = quiet.dir / ("restored-" + set.filename().string());
        const auto restored = gateway::restore(set, data);
        REQUIRE(restored);
        auto config = quiet.config;
        config.dataDir = data;
        auto city = gateway::City::open(config, quiet.clock);
        REQUIRE(city);
        city->get()->tidy();
        const auto told = *(*city)->storage.backedUp();
        std::size_t known = 0, promised = 0, missing = 0;
        for (const auto& [code, at] : accepted) {
            const bool there =
                (*city)->reports.status(code, base::SecretText(), "x", quiet.clock.wall())->has_value();
            known += there;
            promised += at <= told;
            missing += at <= told && !there;
        }
        CHECK(missing == 0);
        CHECK(known >= promised);
        CHECK((*city)->inbox.counts()->stored == 0);
        CHECK((*city)->inbox.counts()->opened <= static_cast<std::int64_t>(known));
        largest = std::max(largest, promised);
    }
    CHECK(largest > 0);
}

TEST_CASE("a picture that was named as whole a moment before a crash is in the backup of its report") {
    QuietCity quiet;
    const auto sent = quiet.seal("x", 1);
    const auto& picture = sent.pictures[0];
    {
        // The part is there, and its row; then the file gets its name, and the power goes.
        auto upload = quiet.city->attachments.begin(quiet.kiosk.id, picture.ref.sha256, picture.bytes.size(),
                                                    0, quiet.clock.wall());
        REQUIRE(upload);
        REQUIRE((*upload)->add(crypto::view(picture.bytes)));
    }
    const auto file = quiet.city->attachments.file(quiet.kiosk.id, picture.ref.sha256);
    fs::rename(fs::path(file).concat(".part"), file);
    quiet.restart();
    REQUIRE(quiet.take(sent.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto done =
        gateway::backUp(quiet.city->storage, {quiet.dir / "backups", false, std::nullopt, "x"}, quiet.clock);
    REQUIRE(done);
    CHECK(done->missing == 0);
    CHECK(fs::exists(done->set.dir / "attachments" / quiet.kiosk.id / picture.ref.sha256));
    fs::remove(file);
    fs::remove_all(quiet.dir / "backups");
    const auto lost =
        gateway::backUp(quiet.city->storage, {quiet.dir / "backups", false, std::nullopt, "x"}, quiet.clock);
    REQUIRE(lost);
    CHECK(lost->missing == 1);
}

TEST_CASE("pictures of what cannot be opened yet are backed up, stay, and are its own when its key is back") {
    QuietCity quiet;
    const auto sent = quiet.seal("x", 1);
    const auto keys = quiet.data() / "keys", away = quiet.dir / "away";
    quiet.city.reset();
    fs::create_directory(away);
    for (const auto& entry : fs::directory_iterator(keys))
        if (entry.path().filename().string().starts_with("sealing"))
            fs::copy(entry.path(), away / entry.path().filename());
    for (const auto& entry : fs::directory_iterator(away)) fs::remove(keys / entry.path().filename());
    quiet.restart();
    quiet.upload(sent.pictures[0]);
    REQUIRE(quiet.take(sent.bytes).verdict == wire::ActionVerdict::Accepted);
    REQUIRE(quiet.city->inbox.counts()->quarantined == 1);
    const auto& name = sent.pictures[0].ref.sha256;
    const auto done =
        gateway::backUp(quiet.city->storage, {quiet.dir / "backups", false, std::nullopt, "x"}, quiet.clock);
    REQUIRE(done);
    CHECK(fs::exists(done->set.dir / "attachments" / quiet.kiosk.id / name));
    quiet.clock.advance(std::chrono::days(31));
    quiet.city->tidy();
    CHECK(quiet.city->attachments.state(quiet.kiosk.id, name)->complete);

    quiet.city.reset();
    fs::copy(away, keys, fs::copy_options::overwrite_existing | fs::copy_options::recursive);
    quiet.restart();
    REQUIRE(quiet.city->quarantine.retryAll("") == 1u);
    quiet.city->tidy();
    CHECK(quiet.knows(sent.code));
    quiet.clock.advance(std::chrono::days(31));
    quiet.city->tidy();
    CHECK(quiet.city->attachments.state(quiet.kiosk.id, name)->complete);
    REQUIRE(quiet.city->erasure.forget(sent.id));
    CHECK_FALSE(quiet.city->attachments.state(quiet.kiosk.id, name)->complete);
}
