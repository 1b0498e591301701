// The real tram-camera with made-up sources, and programs that misbehave in its place.
#include "device/CameraClient.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <set>
#include <thread>

#include "base/Files.h"
#include "scan/SymbolWriter.h"
#include "tests/support/PumpScheduler.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using base::ProblemKind;
using device::CameraClient;
using Source = device::KioskConfig::Camera::Source;

namespace {

const std::filesystem::path kCamera = TRAM_BINARY_DIR "/bin/tram-camera";
const std::filesystem::path kPhoto = TRAM_SOURCE_DIR "/resources/demo/pictures/nap-cong-vo.jpg";
/// Long enough for a sanitized program on a loaded machine, so that only real silence is silence.
const CameraClient::Patience kPatient{20s, 100ms, 2};

std::filesystem::path script(const test::TempDir& dir, const std::string& body) {
    const auto file = dir / "camera";
    std::ofstream(file) << "#!/bin/sh\n" + body + "\n";
    std::filesystem::permissions(file, std::filesystem::perms(0700));
    return file;
}

/// tram-camera before a camera that tests/unit/device/preload pretends.
std::filesystem::path pretended(const test::TempDir& dir, const std::string& kind) {
    return script(dir, "exec env LD_PRELOAD=" FAKE_VIDEO " TRAM_FAKE_VIDEO=" + kind +
                           " TRAM_FAKE_JPEG=" + kPhoto.string() + " " + kCamera.string() + " \"$@\"");
}

int timesIn(const std::filesystem::path& file) {
    const auto text = base::readFile(file);
    return text ? static_cast<int>(std::ranges::count(*text, '\n')) : 0;
}

bool hasChildren() {
    return waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD;
}
/// The client's thread reaps by itself, after stop() has returned.
bool childrenEnd() {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (hasChildren() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return !hasChildren();
}

/// The memory that kiosk and camera share, held by the test too; -1 when there is none.
int sharedMemory() {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", ignored))
        if (std::filesystem::read_symlink(entry, ignored).string().starts_with("/memfd:tram-frames"))
            return dup(std::stoi(entry.path().filename().string()));
    return -1;
}
bool anythingIn(int memory) {
    std::vector<char> page(1u << 16);
    for (off_t at = 0;;) {
        const auto got = pread(memory, page.data(), page.size(), at);
        if (got <= 0) return false;
        if (std::any_of(page.begin(), page.begin() + got, [](char byte) { return byte != 0; })) return true;
        at += got;
    }
}

/// Somebody who looks at a camera, and what they have seen.
struct Looker {
    explicit Looker(std::filesystem::path program, device::KioskConfig::Camera config,
                    CameraClient::Patience patience = kPatient)
        : client(std::move(program), std::move(config), scheduler, patience) {}

    void start() {
        client.start({.frame = [this](auto frame) { ++frames, last = std::move(frame); },
                      .codes = [this](const auto& now) { see(now); },
                      .hint = [this](auto hint) { hints.push_back(hint); },
                      .problem = [this](const auto& problem) { problems.push_back(problem.kind); },
                      .running = [this] { ++running; }});
    }

    void see(const device::CodesInView& now) {
        inView = now.size();
        together = std::max(together, inView);
        std::ranges::copy_if(now, std::back_inserter(codes),
                             [&](const auto& code) { return std::ranges::find(codes, code) == codes.end(); });
    }

    test::PumpScheduler scheduler;
    std::size_t inView = 0, together = 0;
    int frames = 0, running = 0;
    std::shared_ptr<const device::CameraFrame> last;
    std::vector<std::shared_ptr<const sight::Code>> codes;
    std::vector<sight::Hint> hints;
    std::vector<ProblemKind> problems;
    CameraClient client;
};

device::KioskConfig::Camera fake(int turned = 0) {
    return {Source::Device, "/dev/video-fake", turned};
}

}  // namespace

TEST_CASE("the demo's scene: somebody holds up a card, and it is read once") {
    Looker looker(kCamera, {Source::Scene, {}, 0});
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return !looker.codes.empty(); }));
    const auto& card = *looker.codes[0];
    CHECK(card.format == sight::CodeFormat::Qr);
    CHECK(card.text.reveal().starts_with("079185000001|"));
    CHECK(card.text.reveal().find("Nguyễn Thị Thử Nghiệm") != std::string::npos);
    CHECK(card.corners[2].x > card.corners[0].x);
    CHECK(looker.frames > 0);
    CHECK(looker.last->width == 960);
    CHECK(looker.last->height == 540);
    CHECK(looker.running == 1);
    CHECK(looker.problems.empty());
    REQUIRE(looker.scheduler.until([&] { return looker.inView == 0; }, 200s));  // the card is put away
    REQUIRE(looker.scheduler.until([&] { return looker.codes.size() == 2; }, 200s));
    CHECK(looker.together == 1);
    CHECK(looker.codes[1]->format == sight::CodeFormat::Code128);
    CHECK(looker.codes[1]->text.reveal() == "H29.26-20261109-0012345");
    looker.client.stop();
    CHECK(childrenEnd());
}

TEST_CASE("a later look at the demo's scene goes on with what was not read yet") {
    Looker looker(kCamera, {Source::Scene, {}, 0});
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return !looker.codes.empty(); }));
    CHECK(looker.codes[0]->format == sight::CodeFormat::Qr);
    looker.client.start({.frame = [&](auto) { ++looker.frames; }});  // who takes a picture reads nothing
    const int seen = looker.frames;
    REQUIRE(looker.scheduler.until([&] { return looker.frames > seen + 2; }));
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return looker.codes.size() == 2; }));
    CHECK(looker.codes[1]->format == sight::CodeFormat::Code128);
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return looker.codes.size() == 3; }));
    CHECK(looker.codes[2]->format == sight::CodeFormat::Qr);
}

TEST_CASE("two codes in view are told each, and none of them twice") {
    const test::TempDir dir;
    cv::Mat both(720, 1280, CV_8U, cv::Scalar(150));
    int left = 120;
    for (const char* text : {"H29.26-20261109-0012345", "K7M-3Q9-X2T-W"}) {
        const cv::Mat symbol = scan::drawSymbol(scan::Symbology::Qr, text, 6);
        symbol.copyTo(both(cv::Rect(left, 200, symbol.cols, symbol.rows)));
        left += 600;
    }
    cv::imwrite((dir / "both.png").string(), both);
    Looker looker(kCamera, {Source::Folder, dir.path(), 0});
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return looker.codes.size() >= 2; }));
    const int seen = looker.frames;
    REQUIRE(looker.scheduler.until([&] { return looker.frames > seen + 20; }));
    REQUIRE(looker.codes.size() == 2);
    const std::set<std::string> texts{looker.codes[0]->text.reveal(), looker.codes[1]->text.reveal()};
    CHECK(texts == std::set<std::string>{"H29.26-20261109-0012345", "K7M-3Q9-X2T-W"});
    CHECK(looker.codes[0]->corners[0].x != looker.codes[1]->corners[0].x);
    CHECK(looker.together == 2);
    CHECK(looker.inView == 2);
}

TEST_CASE("nothing is told after stop, and a second start goes on") {
    Looker looker(kCamera, {Source::Scene, {}, 0});
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return looker.frames > 2; }));
    looker.client.stop();
    const int seen = looker.frames;
    looker.scheduler.runAll();
    CHECK(looker.frames == seen);
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return looker.frames > seen + 2; }));
    looker.start();  // in the place of the former
    REQUIRE(looker.scheduler.until([&] { return looker.frames > seen + 5; }));
    looker.client.stop();
    CHECK(childrenEnd());
}

TEST_CASE("what was seen is overwritten, and tram-camera gone, before the client is") {
    auto looker = std::make_unique<Looker>(kCamera, device::KioskConfig::Camera{Source::Scene, {}, 0});
    looker->start();
    REQUIRE(looker->scheduler.until([&] { return looker->frames > 2; }));
    const int memory = sharedMemory();
    REQUIRE(memory >= 0);
    CHECK(anythingIn(memory));
    looker.reset();
    CHECK_FALSE(anythingIn(memory));
    CHECK_FALSE(hasChildren());
    close(memory);
}

TEST_CASE("a picture is taken, clean and of the whole frame") {
    Looker looker(kCamera, {Source::Scene, {}, 90});
    looker.start();
    std::optional<base::Result<device::Camera::Taken>> taken;
    looker.client.take([&](auto picture) { taken = std::move(picture); });
    REQUIRE(looker.scheduler.until([&] { return taken.has_value(); }));
    REQUIRE(*taken);
    CHECK((*taken)->width == 720);  // the scene is 1280 × 720, and was turned
    CHECK((*taken)->height == 1280);
    const auto& jpeg = (*taken)->jpeg.reveal();
    REQUIRE(jpeg.size() > 1000);
    CHECK(jpeg[0] == 0xFF);
    CHECK(jpeg[1] == 0xD8);
    CHECK((*taken)->thumbnail.reveal().size() < jpeg.size());
    CHECK((*taken)->thumbnail.reveal()[1] == 0xD8);
    taken.reset();
    looker.client.take([&](auto picture) { taken = std::move(picture); });
    looker.client.stop();
    REQUIRE(taken);
    CHECK(taken->error().kind == ProblemKind::Cancelled);
    CHECK(childrenEnd());
}

TEST_CASE("a camera's kinds: its size and its format are its own") {
    const test::TempDir dir;
    const auto [kind, width, height] = GENERATE(
        table<std::string, int, int>({{"good", 960, 540}, {"small", 640, 480}, {"mjpeg", 960, 720}}));
    CAPTURE(kind);
    Looker looker(pretended(dir, kind), fake());
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return looker.frames >= 3; }));
    CHECK(looker.last->width == width);
    CHECK(looker.last->height == height);
    CHECK(looker.running == 1);
    CHECK(looker.problems.empty());
}

TEST_CASE("a camera on its side: the configuration turns it upright") {
    const test::TempDir dir;
    Looker looker(pretended(dir, "small"), fake(270));
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return looker.frames >= 1; }));
    CHECK(looker.last->width == 480);
    CHECK(looker.last->height == 640);
}

TEST_CASE("a camera with a trouble has it named") {
    const test::TempDir dir;
    const auto [kind, problem] =
        GENERATE(table<std::string, ProblemKind>({{"busy", ProblemKind::CameraBusy},
                                                  {"h264", ProblemKind::CameraUnfit},
                                                  {"black", ProblemKind::CameraBlack},
                                                  {"frozen", ProblemKind::CameraFrozen},
                                                  {"silent", ProblemKind::CameraFrozen},
                                                  {"unplugged", ProblemKind::CameraMissing}}));
    CAPTURE(kind);
    Looker looker(pretended(dir, kind), fake());
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return !looker.problems.empty(); }));
    CHECK(looker.problems[0] == problem);
    std::optional<base::Result<device::Camera::Taken>> taken;
    if (kind == "busy") {
        looker.client.take([&](auto picture) { taken = std::move(picture); });
        REQUIRE(taken);
        CHECK(taken->error().kind == ProblemKind::CameraBusy);
    }
}

TEST_CASE("a camera that was away is there again by itself") {
    const test::TempDir dir;
    const auto folder = dir / "film";
    Looker looker(kCamera, {Source::Folder, folder, 0});
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return !looker.problems.empty(); }));
    CHECK(looker.problems[0] == ProblemKind::CameraMissing);
    std::filesystem::create_directory(dir / "coming");
    std::filesystem::copy_file(kPhoto, dir / "coming" / "f001.jpg");
    std::filesystem::rename(dir / "coming", folder);
    REQUIRE(looker.scheduler.until([&] { return looker.frames > 0; }));
    CHECK(looker.running == 1);
    CHECK(looker.problems.size() == 1);
}

TEST_CASE("a folder with nothing to see, and a video that is none, are unfit") {
    const test::TempDir dir;
    std::ofstream(dir / "film.avi") << "RIFF????AVI LIST nothing of use";
    const bool video = GENERATE(false, true);
    const auto config = video ? device::KioskConfig::Camera{Source::Video, dir / "film.avi", 0}
                              : device::KioskConfig::Camera{Source::Folder, dir.path(), 0};
    Looker looker(kCamera, config);
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return !looker.problems.empty(); }));
    CHECK(looker.problems[0] == ProblemKind::CameraUnfit);
}

TEST_CASE("a program that fails in whatever way is started three times in all, then it is named") {
    const test::TempDir dir;
    const auto note = (dir / "starts").string();
    const std::string body = GENERATE(as<std::string>(),
                                      "exit 0",                              // without a word
                                      "kill -SEGV $$",                       // a crash
                                      "exec sleep 600",                      // a hang
                                      "trap '' TERM; while :; do :; done");  // a busy one
    CAPTURE(body);
    std::filesystem::remove(note);
    Looker looker(script(dir, "echo >> " + note + "; " + body), {Source::Scene, {}, 0}, {200ms, 100ms, 2});
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return !looker.problems.empty(); }));
    CHECK(looker.problems == std::vector{ProblemKind::CameraFailed});
    CHECK(timesIn(note) == 3);
    std::optional<base::Result<device::Camera::Taken>> taken;
    looker.client.take([&](auto picture) { taken = std::move(picture); });
    REQUIRE(taken);
    CHECK(taken->error().kind == ProblemKind::CameraFailed);
    CHECK(childrenEnd());
}

TEST_CASE("a camera that stops in the middle is noticed and started anew") {
    const test::TempDir dir;
    const auto note = dir / "pids";
    Looker looker(script(dir, "echo $$ >> " + note.string() + "; exec " + kCamera.string() + " \"$@\""),
                  {Source::Scene, {}, 0}, {5s, 100ms, 2});
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return looker.frames > 0; }));
    const int signal = GENERATE(SIGSTOP, SIGKILL);
    CAPTURE(signal);
    kill(static_cast<pid_t>(std::stol(base::readFile(note).value())), signal);
    REQUIRE(looker.scheduler.until([&] { return timesIn(note) == 2; }));
    const int before = looker.frames;
    REQUIRE(looker.scheduler.until([&] { return looker.frames > before; }));
    CHECK(looker.problems.empty());
}

TEST_CASE("a camera that talks nonsense is not listened to") {
    const test::TempDir dir;
    // Standard input is the socket: what python sends there is a datagram.
    Looker looker(script(dir,
                         "exec /usr/bin/python3 -c \"import socket; "
                         "s = socket.socket(fileno=0); s.send(b'CTW2' + bytes([65, 9])); s.recv(1)\""),
                  {Source::Scene, {}, 0}, {20s, 100ms, 0});
    looker.start();
    REQUIRE(looker.scheduler.until([&] { return !looker.problems.empty(); }));
    CHECK(looker.problems[0] == ProblemKind::CameraFailed);
    CHECK(looker.frames == 0);
}

TEST_CASE("tram-camera ends with its kiosk") {
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 0);
        execl(kCamera.c_str(), "tram-camera", "watch", nullptr);
        _exit(1);
    }
    close(ends[1]);
    close(ends[0]);  // the kiosk is gone
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
}
