#include "base/Files.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <fstream>

#include "base/Disk.h"
#include "tests/support/TempDir.h"

using namespace tram::base;
using tram::test::TempDir;

namespace {

unsigned modeOf(const std::filesystem::path& path) {
    struct stat info{};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 07777;
}

std::size_t entries(const std::filesystem::path& dir) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(dir), {}));
}

/// While it lives, no file grows beyond `bytes`: the nearest thing to a full disk that needs no root.
class SmallFilesOnly {
  public:
    explicit SmallFilesOnly(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallFilesOnly() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

  private:
    rlimit before_{};
    void (*handler_)(int);
};

}  // namespace

TEST_CASE("what is written is read back, and nothing else is left") {
    const TempDir dir;
    const std::string bytes("line\n\0\xFF", 7);
    REQUIRE(writeFileAtomically(dir / "a", bytes, 0600));
    CHECK(modeOf(dir / "a") == 0600);
    CHECK(readFile(dir / "a").value() == bytes);
    REQUIRE(writeFileAtomically(dir / "a", ""));
    CHECK(readFile(dir / "a").value().empty());
    CHECK(entries(dir.path()) == 1);
}

TEST_CASE("a failed write leaves the old file and no litter") {
    const TempDir dir;
    std::filesystem::create_directory(dir / "taken");
    std::ofstream(dir / "taken" / "x") << "x";
    const auto onto = writeFileAtomically(dir / "taken", "new");  // a directory cannot be replaced by a file
    REQUIRE_FALSE(onto);
    CHECK(entries(dir.path()) == 1);
    CHECK(writeFileAtomically(dir / "absent" / "a", "x").error().kind == ProblemKind::FileMissing);
}

TEST_CASE("the limit is the last size that is read") {
    const TempDir dir;
    REQUIRE(writeFileAtomically(dir / "a", std::string(1000, 'x')));
    CHECK(readFile(dir / "a", 1000).value().size() == 1000);
    const auto over = readFile(dir / "a", 999);
    REQUIRE_FALSE(over);
    CHECK(over.error().kind == ProblemKind::TooLarge);
    CHECK(readFile(dir / "a", 0).error().kind == ProblemKind::TooLarge);
}

TEST_CASE("files whose size is not told beforehand are read whole") {
    CHECK(readFile("/proc/self/status").value().find("VmRSS") != std::string::npos);
}

TEST_CASE("what is no file is named") {
    const TempDir dir;
    CHECK(readFile(dir / "absent").error().kind == ProblemKind::FileMissing);
    CHECK(readFile(dir.path()).error().kind == ProblemKind::FileUnreadable);
    REQUIRE(::mkfifo((dir / "fifo").c_str(), 0600) == 0);
    CHECK(readFile(dir / "fifo").error().kind == ProblemKind::FileUnreadable);
    CHECK(readFile("/dev/zero").error().kind == ProblemKind::FileUnreadable);
}

TEST_CASE("errno is told as a person can act on it") {
    CHECK(fileProblem(ENOSPC, "/x").kind == ProblemKind::DiskFull);
    CHECK(fileProblem(EDQUOT, "/x").kind == ProblemKind::DiskFull);
    CHECK(fileProblem(EROFS, "/x").kind == ProblemKind::StoreReadOnly);
    CHECK(fileProblem(EACCES, "/x").kind == ProblemKind::StoreReadOnly);
    CHECK(fileProblem(ENOENT, "/x").kind == ProblemKind::FileMissing);
    CHECK(fileProblem(EIO, "/x").kind == ProblemKind::FileUnreadable);
    CHECK(fileProblem(EMFILE, "/x").kind == ProblemKind::Internal);
    CHECK(fileProblem(ENOSPC, "/x").fact("detail") == "ENOSPC");
    CHECK(fileProblem(12345, "/x").fact("detail") == "?");
}

TEST_CASE("a file that may not grow is told, and the old one stays") {
    const TempDir dir;
    REQUIRE(writeFileAtomically(dir / "a", "old"));
    const SmallFilesOnly limit(64);
    const auto written = writeFileAtomically(dir / "a", std::string(100'000, 'x'));
    REQUIRE_FALSE(written);
    CHECK(written.error().fact("detail") == "EFBIG");
    CHECK(readFile(dir / "a").value() == "old");
    CHECK(entries(dir.path()) == 1);
}

TEST_CASE("directories are made level by level, and only what is missing") {
    const TempDir dir;
    REQUIRE(makeDirectories(dir / "a" / "b" / "c", 0700));
    CHECK(std::filesystem::is_directory(dir / "a" / "b" / "c"));
    std::filesystem::permissions(dir / "a", std::filesystem::perms(0750));
    REQUIRE(makeDirectories(dir / "a" / "d"));
    CHECK(std::filesystem::status(dir / "a").permissions() == std::filesystem::perms(0750));
    REQUIRE(writeFileAtomically(dir / "file", "x"));
    CHECK_FALSE(makeDirectories(dir / "file" / "below"));
}

TEST_CASE("a disk in place of the real one sees what is done to files, and may refuse it") {
    struct Full final : Disk {
        int syncs = 0, directorySyncs = 0;
        bool refuses = false;
        int sync(int file) override {
            ++syncs;
            if (!refuses) return Disk::sync(file);
            errno = ENOSPC;
            return -1;
        }
        int syncDirectory(const std::filesystem::path& path) override {
            ++directorySyncs;
            return Disk::syncDirectory(path);
        }
    };
    const TempDir dir;
    Full full;
    {
        const DiskInstead instead(full);
        REQUIRE(writeFileAtomically(dir / "a", "x"));
        CHECK(full.syncs == 1);
        CHECK(full.directorySyncs == 1);
        full.refuses = true;
        CHECK(writeFileAtomically(dir / "b", "x").error().kind == ProblemKind::DiskFull);
    }
    CHECK(std::distance(std::filesystem::directory_iterator(dir.path()), {}) == 1);
    REQUIRE(writeFileAtomically(dir / "b", "x"));
    CHECK(full.syncs == 2);
}

TEST_CASE("names of files on their way are known again") {
    CHECK(isTemporary("kiosk.key.0123456789abcdef.tmp"));
    CHECK_FALSE(isTemporary("0123456789abcdef.tmp"));
    CHECK_FALSE(isTemporary("notes.tmp"));
    CHECK_FALSE(isTemporary("kiosk.key.0123456789ABCDEF.tmp"));
    CHECK_FALSE(isTemporary("kiosk.key.0123456789abcdef.tmp.bak"));
    CHECK_FALSE(isTemporary(""));
}
