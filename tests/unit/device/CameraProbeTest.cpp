// The real tram-camera before made-up sources, and programs that misbehave in its place.
#include "device/CameraProbe.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using base::ProblemKind;
using device::CameraProbe;
using Source = device::CameraConfig::Source;

namespace {

const std::filesystem::path kCamera = TRAM_BINARY_DIR "/bin/tram-camera";
/// The first wait is for a sanitized program on a loaded machine; the look is what is tried here.
const CameraProbe::Patience kPatient{60s, 4s};

std::filesystem::path script(const test::TempDir& dir, const std::string& body) {
    const auto file = dir / "camera";
    std::ofstream(file) << "#!/bin/sh\n" + body + "\n";
    std::filesystem::permissions(file, std::filesystem::perms(0700));
    return file;
}

base::Result<CameraProbe::Seen> lookAt(const std::string& kind, int turned = 0) {
    const test::TempDir dir;
    const auto camera = script(dir, "exec env LD_PRELOAD=" FAKE_VIDEO " TRAM_FAKE_VIDEO=" + kind + " " +
                                        kCamera.string() + " \"$@\"");
    return CameraProbe(camera, {Source::Device, "/dev/video-fake", turned}, kPatient).look();
}

}  // namespace

TEST_CASE("a probe says how large and how often a camera sees") {
    const auto good = lookAt("good");
    REQUIRE(good);
    CHECK(good->width == 1280);
    CHECK(good->height == 720);
    CHECK(good->framesPerSecond > 0);
    const auto slow = lookAt("slow", 90);
    REQUIRE(slow);
    CHECK(slow->width == 720);
    CHECK(slow->height == 1280);
    CHECK(slow->framesPerSecond < 3);  // the source gives two
}

TEST_CASE("a probe names a camera's trouble, also one that comes while it looks") {
    const auto [kind, problem] =
        GENERATE(table<std::string, ProblemKind>({{"busy", ProblemKind::CameraBusy},
                                                  {"h264", ProblemKind::CameraUnfit},
                                                  {"black", ProblemKind::CameraBlack},
                                                  {"frozen", ProblemKind::CameraFrozen},
                                                  {"silent", ProblemKind::CameraFrozen},
                                                  {"unplugged", ProblemKind::CameraMissing}}));
    CAPTURE(kind);
    const auto seen = lookAt(kind);
    REQUIRE_FALSE(seen);
    CHECK(seen.error().kind == problem);
}

TEST_CASE("a probe of a tram-camera that dies, hangs or talks nonsense says that it failed") {
    const test::TempDir dir;
    const auto body = GENERATE(as<std::string>(), "exit 0", "kill -SEGV $$", "exec sleep 600",
                               "exec /usr/bin/python3 -c \"import socket; s = socket.socket(fileno=0); "
                               "s.send(b'CTW2' + bytes([65, 9])); s.recv(1)\"");
    CAPTURE(body);
    const auto seen = CameraProbe(script(dir, body), {Source::Scene, {}, 0}, {2s, 1s}).look();
    REQUIRE_FALSE(seen);
    CHECK(seen.error().kind == ProblemKind::CameraFailed);
}
