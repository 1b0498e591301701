#include "ledger/Ledger.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "LogRoom.h"
#include "base/Disk.h"

using namespace tram;
using namespace tram::test;
using namespace tram::ledger;

namespace {

/// Fails one kind of operation while it is told to; a write takes the first half.
class SickDisk final : public base::Disk {
  public:
    int writeError = 0, syncError = 0, truncateError = 0;
    int syncs = 0;
    ssize_t write(int file, std::string_view bytes) override {
        if (writeError == 0) return Disk::write(file, bytes);
        (void)!Disk::write(file, bytes.substr(0, bytes.size() / 2));
        errno = writeError;
        return -1;
    }
    int syncData(int file) override {
        ++syncs;
        errno = syncError;
        return syncError == 0 ? Disk::syncData(file) : -1;
    }
    int truncate(int file, std::size_t size) override {
        errno = truncateError;
        return truncateError == 0 ? Disk::truncate(file, size) : -1;
    }
};

}  // namespace

TEST_CASE("ledger: what is appended stands there, one line each, synced before it returns") {
    const LogRoom room;
    SickDisk disk;
    const base::DiskInstead instead(disk);
    auto log = room.open();
    CHECK(std::filesystem::is_empty(room.dir));
    const auto first = log.append(LogRoom::retried(1));
    REQUIRE(first);
    CHECK(first->n == 2);
    CHECK(disk.syncs == 2);
    REQUIRE(log.append({.kind = Kind::SignIn,
                        .staff = "S-7",
                        .desk = "  Quầy   3 ",
                        .members = {{"role", "officer"}, {"way", "badge"}}}));
    CHECK(disk.syncs == 3);
    const auto lines = room.lines();
    REQUIRE(lines.size() == 3);
    const auto last = readLine(lines[2]);
    REQUIRE(last);
    CHECK(last->line.desk == "Quầy 3");
    CHECK(last->line.event == "sign_in");
    CHECK(last->line.boot.sinceBoot == std::chrono::hours(1));
    CHECK(room.found() == "sound");
    CHECK((std::filesystem::status(room.file()).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("ledger: what no rule allows is refused, and nothing of it is written") {
    const LogRoom room;
    auto log = room.open();
    auto event = LogRoom::retried(1);
    event.members["name"] = "Nguyễn Thị Hoàng Yến";
    CHECK(log.append(event).error().kind == base::ProblemKind::Malformed);
    CHECK(log.append({.kind = Kind::ChainBegun, .staff = "", .desk = "", .members = {{"after", "first"}}})
              .error()
              .fact("key") == "kind");
    CHECK(std::filesystem::is_empty(room.dir));
}

TEST_CASE("ledger: goes on where it was left, in another process's stead too") {
    const LogRoom room;
    room.fill(3);
    auto one = room.open();
    auto other = room.open();
    for (int i = 0; i < 3; ++i) {
        REQUIRE(one.append(LogRoom::retried(i)));
        REQUIRE(other.append(LogRoom::retried(i)));
    }
    CHECK(room.found() == "sound");
    CHECK(room.lines().size() == 10);
    const auto held = base::FileLock::take(room.dir / "ledger.lock");
    REQUIRE(held);
    auto third = room.open({.patience = base::Millis(0)});
    CHECK(third.append(LogRoom::retried(1)).error().kind == base::ProblemKind::StoreBusy);
}

TEST_CASE("ledger: from file to file the chain goes on") {
    const LogRoom room;
    const auto head = room.fill(40, {.segmentBytes = 2000});
    CHECK(head.n == 41);
    CHECK(std::filesystem::file_size(room.file(1)) <= 2000);
    CHECK(room.found({head}) == "sound");
    const auto again = room.fill(40, {.segmentBytes = 2000});
    CHECK(again.n == 81);
    CHECK(room.found({head, again}) == "sound");
    CHECK(room.verify().chains.size() == 1);
    CHECK(*hashAt(room.dir, head.chain, head.n) == head.hash);
    CHECK(hashAt(room.dir, head.chain, 82)->empty());
    CHECK(hashAt(room.dir, std::string(16, '0'), 3)->empty());
    // The next file was made when the power went.
    int last = 1;
    while (std::filesystem::exists(room.file(last + 1))) ++last;
    room.put("", last + 1);
    CHECK(*durableHead(room.dir) == again);
    CHECK(room.fill(1).n == 82);
    CHECK(room.found() == "sound");
    CHECK(room.lines(last + 1).size() == 1);
}

TEST_CASE("ledger: what a power cut left of a line is taken away, and the next line says so") {
    const LogRoom room;
    room.fill(3);
    const auto whole = room.bytes();
    room.put(whole + room.lines().back().substr(0, 50));
    CHECK(*durableHead(room.dir) == readLine(room.lines().back())->head());
    CHECK(room.fill(1).n == 6);
    const auto lines = room.lines();
    REQUIRE(lines.size() == 6);
    const auto said = readLine(lines[4]);
    REQUIRE(said);
    CHECK(said->line.event == "log_resumed");
    CHECK(said->line.members.at("torn_bytes") == Value(50));
    CHECK(room.found() == "sound");
}

TEST_CASE("ledger: a chain that was broken is left alone, and a new one says why it begins") {
    const LogRoom room;
    const auto head = room.fill(6);
    auto lines = room.lines();
    const std::vector<Head> known{head};
    Ledger::Options options{.acknowledged = [&] { return known; }};
    std::string why;
    SECTION("edited") {
        lines[3].replace(lines[3].find("S-7"), 3, "S-8");
        why = "edited 4";
    }
    SECTION("removed") {
        lines.erase(lines.begin() + 2);
        why = "removed 3";
    }
    SECTION("inserted") {
        lines.insert(lines.begin() + 2, lines[1]);
        why = "inserted 3";
    }
    SECTION("reordered") {
        std::swap(lines[2], lines[3]);
        why = "reordered 3";
    }
    SECTION("cut behind what was acknowledged") {
        lines.resize(4);
        why = "cut_tail 5";
    }
    SECTION("written anew") {
        lines[6] = forged(lines[6], [](Line& line) { line.staff = "S-8"; });
        why = "rewritten 7";
    }
    room.putLines(lines);
    const auto before = room.bytes();
    CHECK(room.fill(2, options).n == 3);
    CHECK(room.bytes() == before);
    CHECK(room.begunAfter() == why);
    CHECK(room.found(known, 1) == why);
    CHECK(room.found(known, 2) == "sound");
    CHECK(room.fill(2, options).n == 5);  // and is gone on with
}

TEST_CASE("ledger: a log that is gone begins anew and says that there was one") {
    const LogRoom room;
    const auto head = room.fill(3);
    std::filesystem::remove(room.file());
    room.fill(1, {.acknowledged = [&] { return std::vector{head}; }});
    CHECK(room.begunAfter() == "missing");
    CHECK(room.verify({head}).gone.size() == 1);
}

TEST_CASE("ledger: what was found wrong in an older file ends the chain, once") {
    const LogRoom room;
    room.fill(40, {.segmentBytes = 2000});
    auto lines = room.lines(1);
    lines.erase(lines.begin() + 2);
    room.putLines(lines, 1);
    auto log = room.open();
    CHECK(log.append(LogRoom::retried(1))->n == 42);  // it does not look there
    REQUIRE(markBroken(room.dir, 1, {Damage::Removed, 3}));
    CHECK(log.append(LogRoom::retried(1))->n == 2);
    CHECK(log.append(LogRoom::retried(1))->n == 3);
    CHECK(room.begunAfter() == "removed 3");
    CHECK(room.found({}, 1) == "removed 3");
    CHECK(room.found({}, 2) == "sound");
    // Somebody who takes the first chain away has not made it sound.
    for (int part = 1; std::filesystem::exists(room.file(part)); ++part)
        std::filesystem::remove(room.file(part));
    CHECK(room.found({}, 1) == "removed 1");
}

TEST_CASE("ledger: a mark that nobody can read is one all the same") {
    const LogRoom room;
    room.fill(1);
    std::ofstream(room.dir / "0001.broken") << std::string(100, 'x');
    room.fill(1);
    CHECK(room.begunAfter() == "unreadable");
}

TEST_CASE("ledger: a file that is too large for one of ours is gone on from in a new chain") {
    const LogRoom room;
    room.fill(2);
    std::filesystem::resize_file(room.file(), Segment::kMaxBytes + 1);
    room.fill(1);
    CHECK(room.begunAfter() == "unreadable 1");
}

TEST_CASE("ledger: a full disk takes nothing back that was written, and goes on when there is room") {
    const LogRoom room;
    SickDisk disk;
    const base::DiskInstead instead(disk);
    auto log = room.open();
    disk.writeError = ENOSPC;
    CHECK(log.append(LogRoom::retried(1)).error().kind == base::ProblemKind::DiskFull);
    CHECK(log.append(LogRoom::retried(1)).error().kind == base::ProblemKind::DiskFull);
    disk.writeError = 0;
    CHECK(log.append(LogRoom::retried(1))->n == 2);
    disk.writeError = ENOSPC;
    CHECK(log.append(LogRoom::retried(2)).error().kind == base::ProblemKind::DiskFull);
    CHECK(room.bytes().ends_with('\n'));
    disk.truncateError = EIO;  // even what was half written stays
    CHECK(log.append(LogRoom::retried(2)).error().kind == base::ProblemKind::DiskFull);
    CHECK_FALSE(room.bytes().ends_with('\n'));
    disk.writeError = disk.truncateError = 0;
    CHECK(log.append(LogRoom::retried(2))->n == 4);  // behind the line that tells of it
    CHECK(room.found() == "sound");
    CHECK(room.begunAfter() == "first");
}

TEST_CASE("ledger: a disk that is full while the next file begins") {
    const LogRoom room;
    SickDisk disk;
    const base::DiskInstead instead(disk);
    const Ledger::Options options{.segmentBytes = 900};
    room.fill(2, options);
    auto log = room.open(options);
    disk.writeError = ENOSPC;
    for (int i = 0; i < 5; ++i) CHECK_FALSE(log.append(LogRoom::retried(3)));
    disk.writeError = 0;
    CHECK(log.append(LogRoom::retried(3))->n == 4);
    CHECK(room.found() == "sound");
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(room.dir))
        files += entry.path().extension() == ".jsonl";
    CHECK(files <= 3);
}

TEST_CASE("ledger: a new chain that the disk had no room for is begun later, for the same reason") {
    const LogRoom room;
    room.fill(4);
    auto lines = room.lines();
    lines.erase(lines.begin() + 2);
    room.putLines(lines);
    SickDisk disk;
    const base::DiskInstead instead(disk);
    auto log = room.open();
    disk.writeError = ENOSPC;
    CHECK_FALSE(log.append(LogRoom::retried(1)));
    CHECK_FALSE(log.append(LogRoom::retried(1)));
    disk.writeError = 0;
    CHECK(log.append(LogRoom::retried(1))->n == 2);
    CHECK(room.begunAfter() == "removed 3");
    CHECK(room.verify().chains.size() == 2);
}

TEST_CASE("ledger: a line whose sync failed may be there, and the chain goes on behind it") {
    const LogRoom room;
    SickDisk disk;
    const base::DiskInstead instead(disk);
    auto log = room.open();
    REQUIRE(log.append(LogRoom::retried(1)));
    disk.syncError = EIO;
    CHECK(log.append(LogRoom::retried(2)).error().kind == base::ProblemKind::StoreReadOnly);
    CHECK_FALSE(durableHead(room.dir));  // nor is it told to the gateway
    disk.syncError = 0;
    CHECK(log.append(LogRoom::retried(3))->n == 4);
    CHECK(room.found() == "sound");
}

TEST_CASE("ledger: a link in the place of a file is not written through") {
    const LogRoom room;
    room.fill(1);
    const auto elsewhere = room.temp / "elsewhere";
    std::filesystem::rename(room.file(), elsewhere);
    std::filesystem::create_symlink(elsewhere, room.file());
    const auto size = std::filesystem::file_size(elsewhere);
    CHECK_FALSE(room.open().append(LogRoom::retried(1)));
    CHECK(std::filesystem::file_size(elsewhere) == size);
}

TEST_CASE("ledger: a process that is killed while it appends loses nothing that it was told is written") {
    const LogRoom room;
    std::int64_t told = 0;
    for (int round = 0; round < 6; ++round) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            auto log = Ledger::open(room.dir, room.clock, {.segmentBytes = 4000});
            for (std::int64_t i = 1; log; ++i) {
                const auto head = log->append(LogRoom::retried(i));
                if (!head || ::write(ends[1], &head->n, sizeof head->n) != sizeof head->n) break;
            }
            ::_exit(1);
        }
        ::close(ends[1]);
        const auto until = told + 20 + round * 7;
        for (std::int64_t n = 0; told < until && ::read(ends[0], &n, sizeof n) == sizeof n;) told = n;
        ::kill(child, SIGKILL);
        for (std::int64_t n = 0; ::read(ends[0], &n, sizeof n) == sizeof n;) told = n;
        ::close(ends[0]);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        const auto verdict = room.verify();
        CHECK(verdict.sound());
        REQUIRE(verdict.chains.size() == 1);
        CHECK(verdict.chains.front().head.n >= told);
        CHECK(verdict.chains.front().head.n <= told + 2);
    }
    CHECK(room.fill(1).n > told);
    CHECK(room.found() == "sound");
}
