#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "QuietCity.h"
#include "base/Files.h"
#include "gateway/storage/Backup.h"

using namespace tram;
using namespace tram::test;
namespace fs = std::filesystem;

namespace {

void flipBit(const fs::path& file) {
    std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
    const int first = bytes.get();
    bytes.seekp(0);
    bytes.put(static_cast<char>(first ^ 1));
    REQUIRE(bytes.flush());
}

struct RestoreEnd {
    int code = 0;
    std::string text;
};

RestoreEnd runRestore(const fs::path& from, const fs::path& data) {
    RestoreEnd ended;
    ended.text = runAndRead(
        {"/bin/sh", "-c", "exec \"$0\" restore --from \"$1\" --data \"$2\" 2>&1", TRAM_GATEWAY, from, data},
        ended.code);
    return ended;
}

base::Result<std::unique_ptr<gateway::City>> cityAt(const QuietCity& quiet, const fs::path& data) {
    auto config = quiet.config;
    config.dataDir = data;
    return gateway::City::open(config, quiet.clock);
}

gateway::BackupDone backUpOf(QuietCity& quiet, const fs::path& to) {
    auto done = gateway::backUp(quiet.city->storage, {to, true, std::nullopt, "x"}, quiet.clock);
    REQUIRE(done);
    return *done;
}

fs::path inBackup(const gateway::BackupDone& done, const QuietCity& quiet, const QuietCity::Sealed& sent) {
    return done.set.dir / "attachments" / quiet.kiosk.id / sent.pictures[0].ref.sha256;
}

/// Gives a file bytes of its own, as on another disk.
void giveOwnBytes(const fs::path& file) {
    const auto bytes = base::readFile(file);
    REQUIRE(bytes);
    REQUIRE(base::writeFileAtomically(file, *bytes, 0600));
}

/// Kills a restore as soon as `stage` is there: each is for a moment only, so it looks without a rest. On a
/// busy machine the restore may be over first.
void restoreKilledAt(const fs::path& stage, const fs::path& set, const fs::path& data, const fs::path& log) {
    Child child;
    child.start({TRAM_GATEWAY, "restore", "--from", set, "--data", data}, log);
    while (!fs::exists(data / stage) && child.running()) {
    }
    child.stop(SIGKILL);
}

}  // namespace

TEST_CASE("a picture that has rotted is told by the next backup, and by a restore that brings all the rest") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto sendOne = [&](Attachment& picture) {
        const auto sent = kiosk.report([&](wire::ActionBody& body, auto&) {
            picture = attachmentFor(body.id, "picture");
            body.attachments.push_back({picture.ref.sha256,
                                        picture.ref.size,
                                        {picture.ref.key.key.copy(), picture.ref.key.header},
                                        "image/jpeg"});
        });
        REQUIRE(kiosk.put(picture.ref.sha256, picture.bytes).status == 204);
        REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
        return sent;
    };
    Attachment rotten, sound;
    const auto one = sendOne(rotten), other = sendOne(sound);
    const auto top = city.dataDir().parent_path(), to = top / "backups";
    const auto pictures = fs::path("attachments") / kiosk.place.kioskId;
    const auto metric = [&] { return city.send({.path = "/metrics"}).body; };
    city.tool({"backup", "--to", to});
    CHECK(metric().find("tram_backup_missing_pictures 0\n") != std::string::npos);

    flipBit(city.dataDir() / pictures / rotten.ref.sha256);
    const auto said = city.tool({"backup", "--to", to, "--with-keys"}, 74);
    CHECK(said.find("\tmissing=1\tdamaged=1\t") != std::string::npos);
    CHECK(metric().find("tram_backup_missing_pictures 1\n") != std::string::npos);
    const auto sets = gateway::BackupSet::in(to);
    REQUIRE(sets.size() == 2);
    int exitCode = 0;
    runAndRead({"/bin/sh", "-c", "cd \"$0\" && sha256sum --strict --status -c SHA256SUMS", sets[1]},
               exitCode);
    CHECK(exitCode == 0);

    // The first one has the same bytes, by another name.
    city.stopGateway(SIGTERM);
    for (const auto& set : sets) {
        fs::remove_all(city.dataDir());
        const auto ended = runRestore(set, city.dataDir());
        INFO(ended.text);
        CHECK(ended.code == 74);
        CHECK(ended.text.find("missing=1\n") != std::string::npos);
        CHECK(fs::exists(city.dataDir() / pictures / sound.ref.sha256));
        CHECK_FALSE(fs::exists(city.dataDir() / pictures / rotten.ref.sha256));
        CHECK_FALSE(fs::exists(city.dataDir() / gateway::Storage::kRestoring));
    }
    city.startGateway();
    CHECK(metric().find("tram_backup_missing_pictures 1\n") != std::string::npos);
    kiosk.token = kiosk.askToken(kiosk.assertion());
    for (const auto& sent : {one, other}) {
        CHECK(kiosk.follow(sent.code, sent.secret).status == 200);
        CHECK(kiosk.verdict(sent.envelope) == "replayed");
    }
}

TEST_CASE("of a picture's copies at the gateway and in the last backup the whole one is backed up") {
    QuietCity quiet;
    const auto here = quiet.send("x", 1), there = quiet.send("y", 1), nowhere = quiet.send("z", 1);
    const auto live = [&](const auto& sent) {
        return quiet.city->attachments.file(quiet.kiosk.id, sent.pictures[0].ref.sha256);
    };
    const auto to = quiet.dir / "backups";
    const auto first = backUpOf(quiet, to);
    CHECK(first.missing == 0);
    for (const auto* sent : {&here, &there, &nowhere}) giveOwnBytes(inBackup(first, quiet, *sent));
    flipBit(inBackup(first, quiet, here));
    flipBit(live(there));
    flipBit(live(nowhere));
    fs::remove(inBackup(first, quiet, nowhere));
    const auto second = backUpOf(quiet, to);
    CHECK(second.missing == 1);
    CHECK(second.damaged == 1);
    CHECK(second.attachments == 2);
    CHECK(base::readFile(inBackup(second, quiet, here)).value() == here.pictures[0].bytes);
    CHECK(base::readFile(inBackup(second, quiet, there)).value() == there.pictures[0].bytes);
    CHECK_FALSE(fs::exists(inBackup(second, quiet, nowhere)));
    CHECK(second.set.verify());

    // One that nobody needs any more is no loss.
    REQUIRE(quiet.city->erasure.forget(nowhere.id));
    const auto third = backUpOf(quiet, to);
    CHECK(third.missing == 0);
    CHECK(quiet.city->storage.missingInBackup() == 0);
}

TEST_CASE("only files that the backup vouches for are restored") {
    QuietCity quiet;
    const auto sent = quiet.send("x", 1);
    const auto done = backUpOf(quiet, quiet.dir / "backups");
    std::ofstream(inBackup(done, quiet, sent).concat("-stranger")) << "x";
    fs::create_directory_symlink("/etc", done.set.dir / "attachments" / "etc");
    const auto restored = gateway::restore(done.set.dir, quiet.dir / "new");
    REQUIRE(restored);
    CHECK(restored->missing == 0);
    CHECK(restored->keys);
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(quiet.dir / "new" / "attachments"))
        files += entry.is_regular_file() ? 1 : 0;
    CHECK(files == 1);
}

TEST_CASE("a restore that was killed leaves nothing that is served, and starts over") {
    QuietCity quiet;
    std::vector<QuietCity::Sealed> sent;
    for (int at = 0; at < 40; ++at) sent.push_back(quiet.send("x", 2));
    const auto set = backUpOf(quiet, quiet.dir / "backups").set.dir;
    const auto data = quiet.dir / "new", marker = data / gateway::Storage::kRestoring;
    const auto killedAt = [&](const char* stage) {
        INFO(stage);
        restoreKilledAt(stage, set, data, quiet.dir / "log");
        const bool amidPictures = fs::exists(marker / "attachments");
        if (!fs::exists(data / "gateway.db")) {
            // Without the marker nothing at all has come yet.
            CHECK((fs::exists(marker) || !fs::exists(data / "attachments")));
            if (fs::exists(marker)) {
                const auto served = cityAt(quiet, data);
                REQUIRE_FALSE(served);
                CHECK(served.error().kind == base::ProblemKind::FileMissing);
                CHECK_FALSE(fs::exists(data / "keys" / "identity.key"));
            }
            const auto again = runRestore(set, data);
            INFO(again.text);
            CHECK(again.code == 0);
        }
        auto city = cityAt(quiet, data);
        REQUIRE(city);
        CHECK_FALSE(fs::exists(marker));
        for (const auto& one : sent) {
            CHECK((*city)->reports.mayGoOn(one.id) == true);
            for (const auto& picture : one.pictures)
                CHECK((*city)->attachments.state(quiet.kiosk.id, picture.ref.sha256)->complete);
        }
        city->reset();
        fs::remove_all(data);
        return amidPictures;
    };
    for (const char* stage : {"", "restoring", "restoring/gateway.db", "attachments", "gateway.db"})
        killedAt(stage);
    int tries = 0;
    while (!killedAt("restoring/attachments")) REQUIRE(++tries < 200);
}

TEST_CASE("what a cut off restore did not bring is not cleared away by the next") {
    QuietCity quiet;
    const auto sent = quiet.send("x", 1);
    const auto set = backUpOf(quiet, quiet.dir / "backups").set.dir;
    const auto data = quiet.dir / "new";
    fs::create_directories(data / gateway::Storage::kRestoring / "attachments");
    fs::create_directory(data / "keys");
    const auto refused = gateway::restore(set, data);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == base::ProblemKind::Conflict);
    CHECK(refused.error().fact("found") == "keys");
    // Those that came out of this very backup are another matter, and so is what a look at the databases
    // left.
    fs::copy(set / "keys", data / "keys");
    std::ofstream(data / "reports.db") << "x";
    std::ofstream(data / "reports.db-wal") << "x";
    CHECK(gateway::restore(set, data));
    CHECK_FALSE(fs::exists(data / "reports.db-wal"));

    // A store that is whole is not half a one, whatever stands beside it.
    fs::create_directory(data / gateway::Storage::kRestoring);
    CHECK_FALSE(gateway::restore(set, data));
    const auto city = cityAt(quiet, data);
    REQUIRE(city);
    CHECK((*city)->reports.mayGoOn(sent.id) == true);
    CHECK_FALSE(fs::exists(data / gateway::Storage::kRestoring));
}
