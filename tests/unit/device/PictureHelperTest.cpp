// tram-camera itself, and programs that misbehave in its place.
#include "device/PictureHelper.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "base/Files.h"
#include "device/PictureFrame.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using base::ProblemKind;
using device::PictureHelper;

namespace {

const std::filesystem::path kCamera = TRAM_BINARY_DIR "/bin/tram-camera";
const std::filesystem::path kSample = TRAM_SOURCE_DIR "/resources/demo/pictures/nap-cong-vo.jpg";

void write(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

/// A program that stands in for tram-camera.
std::filesystem::path script(const test::TempDir& dir, const std::string& body) {
    const auto file = dir / "helper";
    write(file, "#!/bin/sh\n" + body + "\n");
    std::filesystem::permissions(file, std::filesystem::perms(0700));
    return file;
}

ProblemKind kindOf(const base::Result<PictureHelper::Prepared>& prepared) {
    REQUIRE_FALSE(prepared);
    return prepared.error().kind;
}

/// Zombies and running children alike.
bool hasChildren() {
    return waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD;
}

std::string frame(std::uint32_t jpeg, std::uint32_t thumbnail) {
    const auto bytes = device::PictureFrame{640, 480, jpeg, thumbnail}.toBytes();
    return std::string(bytes.begin(), bytes.end());
}

}  // namespace

TEST_CASE("a picture comes back made safe") {
    const auto prepared = PictureHelper(kCamera).prepare(kSample);
    REQUIRE(prepared);
    CHECK(prepared->width == 1280);
    CHECK(prepared->height == 960);
    const auto& jpeg = prepared->jpeg.reveal();
    REQUIRE(jpeg.size() > 1000);
    CHECK(jpeg[0] == 0xFF);
    CHECK(jpeg[1] == 0xD8);
    CHECK(prepared->thumbnail.reveal().size() < jpeg.size());
    CHECK_FALSE(hasChildren());
}

TEST_CASE("every sample picture of the demo can be sent, and is small enough to ship") {
    std::size_t pictures = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kSample.parent_path())) {
        if (entry.path().extension() != ".jpg") continue;
        CAPTURE(entry.path());
        ++pictures;
        CHECK(entry.file_size() <= 150 * 1024);
        CHECK(PictureHelper(kCamera).prepare(entry.path()));
    }
    CHECK(pictures == 5);
}

TEST_CASE("pictures that are none: each is named") {
    const test::TempDir dir;
    const PictureHelper helper(kCamera);
    const auto file = dir / "picture";
    SECTION("0 bytes") {
        write(file, "");
        CHECK(kindOf(helper.prepare(file)) == ProblemKind::PictureEmpty);
    }
    SECTION("30 MB: refused before anything is started") {
        write(file, "");
        std::filesystem::resize_file(file, 30'000'000);
        CHECK(kindOf(PictureHelper(dir / "no-such-program").prepare(file)) == ProblemKind::PictureTooLarge);
    }
    SECTION("not a picture") {
        write(file, "#!/bin/sh\necho hello\n");
        CHECK(kindOf(helper.prepare(file)) == ProblemKind::PictureUnreadable);
    }
    SECTION("cut off in the middle") {
        const auto whole = base::readFile(kSample).value();
        write(file, whole.substr(0, whole.size() / 2));
        CHECK(kindOf(helper.prepare(file)) == ProblemKind::PictureUnreadable);
    }
    SECTION("missing") {
        CHECK(kindOf(helper.prepare(dir / "absent")) == ProblemKind::FileMissing);
    }
    SECTION("a directory") {
        CHECK(kindOf(helper.prepare(dir.path())) == ProblemKind::FileUnreadable);
    }
    SECTION("a symbolic link, even to a good picture") {
        std::filesystem::create_symlink(kSample, file);
        CHECK(kindOf(helper.prepare(file)) == ProblemKind::FileUnreadable);
    }
    SECTION("a pipe that nobody writes to") {
        REQUIRE(mkfifo(file.c_str(), 0600) == 0);
        CHECK(kindOf(helper.prepare(file)) == ProblemKind::FileUnreadable);
    }
    SECTION("a device without end") {
        CHECK(kindOf(helper.prepare("/dev/zero")) == ProblemKind::FileUnreadable);
    }
    CHECK_FALSE(hasChildren());
}

TEST_CASE("a problem does not carry the picture's name") {
    const auto prepared = PictureHelper(kCamera).prepare("/tmp/Nguyễn Văn A.jpg");
    REQUIRE_FALSE(prepared);
    for (const auto& [key, value] : prepared.error().facts) CHECK(value.find("Nguy") == std::string::npos);
}

TEST_CASE("a helper that fails in whatever way is HelperFailed, and reaped") {
    const test::TempDir dir;
    const std::string body = GENERATE(as<std::string>(),
                                      "exit 0",                             // no answer at all
                                      "exit 3",                             // an unknown code
                                      "kill -SEGV $$",                      // a crash
                                      "printf TCP1",                        // half a frame
                                      "head -c 5000000 /dev/zero; exit 0",  // no frame, and much of it
                                      "cat; exit 0");                       // the picture itself
    CAPTURE(body);
    CHECK(kindOf(PictureHelper(script(dir, body)).prepare(kSample)) == ProblemKind::HelperFailed);
    CHECK_FALSE(hasChildren());
}

TEST_CASE("an answer must be whole and nothing more") {
    const test::TempDir dir;
    const auto answer = dir / "answer";
    const auto helper = PictureHelper(script(dir, "cat " + answer.string()));
    write(answer, frame(3, 2) + "jpgth");
    const auto good = helper.prepare(kSample);
    REQUIRE(good);
    CHECK(good->jpeg.reveal() == std::vector<unsigned char>{'j', 'p', 'g'});
    CHECK(good->thumbnail.reveal() == std::vector<unsigned char>{'t', 'h'});
    CHECK(good->width == 640);

    for (const auto& bad :
         {frame(3, 2) + "jpgt", frame(3, 2) + "jpgthx", frame(3, 0) + "jpg", frame(0, 2) + "th",
          frame(0xFFFFFFFF, 2) + "jpgth", "X" + frame(3, 2).substr(1) + "jpgth"}) {
        write(answer, bad);
        CHECK(kindOf(helper.prepare(kSample)) == ProblemKind::HelperFailed);
    }
}

TEST_CASE("a helper that answers well but fails is not believed") {
    const test::TempDir dir;
    write(dir / "answer", frame(3, 2) + "jpgth");
    const auto helper = PictureHelper(script(dir, "cat " + (dir / "answer").string() + "; exit 70"));
    CHECK(kindOf(helper.prepare(kSample)) == ProblemKind::HelperFailed);
}

TEST_CASE("a helper that hangs is killed at the deadline and reaped") {
    const test::TempDir dir;
    const auto body = GENERATE(as<std::string>(), "exec sleep 600",
                               "trap '' TERM INT PIPE; while :; do :; done", "exec 1>&-; exec sleep 600");
    const auto begin = std::chrono::steady_clock::now();
    CHECK(kindOf(PictureHelper(script(dir, body), 300ms).prepare(kSample)) == ProblemKind::HelperFailed);
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
    CHECK_FALSE(hasChildren());
}

TEST_CASE("no program, no crash") {
    const test::TempDir dir;
    CHECK(kindOf(PictureHelper(dir / "absent").prepare(kSample)) == ProblemKind::HelperFailed);
    CHECK_FALSE(hasChildren());
}

TEST_CASE("the helper gets nothing of ours but the picture") {
    const test::TempDir dir;
    const int leak = fcntl(STDIN_FILENO, F_DUPFD, 77);  // without FD_CLOEXEC, as some libraries leave theirs
    REQUIRE(leak >= 77);
    const auto beforePipe = std::signal(SIGPIPE, SIG_IGN);
    ::setenv("TRAM_TEST_SECRET", "1", 1);
    const auto out = (dir / "seen").string();
    const auto helper = script(dir, "ls /proc/self/fd > " + out + "; env >> " + out +
                                        "; grep -E '^Sig(Blk|Ign)' /proc/self/status >> " + out);
    sigset_t usr1, before;
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1, &before);
    (void)PictureHelper(helper).prepare(kSample);
    sigset_t after;
    pthread_sigmask(SIG_SETMASK, &before, &after);
    CHECK(sigismember(&after, SIGUSR1) == 1);  // the caller's mask is left alone
    std::signal(SIGPIPE, beforePipe);
    close(leak);

    const auto seen = base::readFile(out).value();
    INFO(seen);
    CHECK(seen.find("\n" + std::to_string(leak) + "\n") == std::string::npos);
    CHECK(seen.find("TRAM_TEST_SECRET") == std::string::npos);
    const auto signals = [&](const std::string& key) {
        const auto mask = std::stoull(seen.substr(seen.find(key) + key.size()), nullptr, 16);
        return mask & 0x7FFFFFFF;  // 32 and 33 are glibc's own
    };
    CHECK(signals("SigBlk:\t") == 0);
    CHECK(signals("SigIgn:\t") == 0);
}

TEST_CASE("several threads ask at once") {
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { good += PictureHelper(kCamera).prepare(kSample).has_value(); });
    for (auto& thread : threads) thread.join();
    CHECK(good == 4);
    CHECK_FALSE(hasChildren());
}

TEST_CASE("the wipe ends helpers under way, and none is left to reap") {
    const test::TempDir dir;
    const auto started = dir / "started";
    const PictureHelper helper(script(dir, ": > " + started.string() + "; exec sleep 600"));
    base::Result<PictureHelper::Prepared> result;
    std::thread asking([&] { result = helper.prepare(kSample); });
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!std::filesystem::exists(started) && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    PictureHelper::endAll();
    asking.join();
    CHECK(kindOf(result) == ProblemKind::HelperFailed);
    CHECK(std::chrono::steady_clock::now() < deadline);
    CHECK_FALSE(hasChildren());
}

TEST_CASE("bytes that are no file are prepared as a file is, and none of them stay") {
    const auto file = base::readFile(kSample);
    REQUIRE(file);
    const PictureHelper helper(kCamera);
    const auto prepared = helper.prepare(base::SecretBytes({file->begin(), file->end()}));
    REQUIRE(prepared);
    CHECK(prepared->jpeg.reveal() == helper.prepare(kSample)->jpeg.reveal());
    CHECK(kindOf(helper.prepare(base::SecretBytes())) == ProblemKind::PictureEmpty);
    CHECK(kindOf(helper.prepare(base::SecretBytes({'n', 'o', 'n', 'e'}))) == ProblemKind::PictureUnreadable);
    CHECK(kindOf(helper.prepare(base::SecretBytes(std::vector<unsigned char>((25u << 20) + 1, 'x')))) ==
          ProblemKind::PictureTooLarge);
    for (const auto& open : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        CHECK(std::filesystem::read_symlink(open, gone).string().find("memfd:picture") == std::string::npos);
    }
}
