// `tram doctor` about the camera: the real tool, the real tram-camera, made-up sources.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/gateway/LiveCity.h"
#include "tests/support/TempDir.h"

using namespace tram;

namespace {

namespace fs = std::filesystem;
const fs::path kPhoto = TRAM_SOURCE_DIR "/resources/demo/pictures/nap-cong-vo.jpg";

/// The tool as it is installed, but what lies beside it as tram-camera is a script of ours.
class Place {
  public:
    explicit Place(const std::string& camera = "exec " TRAM_BINARY_DIR "/bin/tram-camera \"$@\"") {
        fs::create_directories(dir_ / "bin");
        fs::copy_file(TRAM_TOOL, dir_ / "bin/tram");
        fs::create_symlink(TRAM_BINARY_DIR "/share", dir_ / "share");
        const auto file = dir_ / "bin/tram-camera";
        std::ofstream(file) << "#!/bin/sh\n" << camera << "\n";
        fs::permissions(file, fs::perms(0755));
    }
    /// tram-camera before a camera that tests/unit/device/preload pretends.
    static std::string pretended(const std::string& kind) {
        return "exec env LD_PRELOAD=" FAKE_VIDEO " TRAM_FAKE_VIDEO=" + kind +
               " " TRAM_BINARY_DIR "/bin/tram-camera \"$@\"";
    }
    fs::path operator/(const char* name) const { return dir_ / name; }

    /// What it says of the camera: "[OK] Camera: …", and the remedy's line if there is one.
    std::string of(const nlohmann::json& camera) const {
        nlohmann::json config{{"demo", true},
                              {"gateway_url", "http://127.0.0.1:9"},
                              {"data_dir", (dir_ / "data").string()},
                              {"runtime_dir", (dir_ / "run").string()}};
        if (!camera.is_null()) config["camera"] = camera;
        std::ofstream(dir_ / "kiosk.json") << config.dump();
        int exit = 0;
        const auto all = test::runAndRead({(dir_ / "bin/tram").string(), "doctor", "--lang", "en", "--config",
                                           (dir_ / "kiosk.json").string()},
                                          exit);
        CHECK(exit == 1);  // no enrolment here
        std::smatch found;
        REQUIRE(std::regex_search(all, found, std::regex("(\\[[A-Z ]+\\] +Camera: .*\n)( +→ .*\n)?")));
        return found[0];
    }
    std::string ofDevice() const { return of({{"source", "device"}, {"path", "/dev/video-fake"}}); }

  private:
    test::TempDir dir_;
};

bool has(const std::string& text, const std::string& part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("tram doctor looks through the camera and says how large and how fast it sees") {
    const Place place;
    const auto said = place.of({{"source", "scene"}});
    CHECK(has(said, "1280×720"));
    CHECK(has(said, "pictures a second"));
    CHECK_FALSE(has(said, "[BAD ]"));  // on a busy machine it may be slow, which is a warning
}

TEST_CASE("tram doctor sees what a turned camera will show") {
    const Place place(Place::pretended("small"));
    CHECK(has(place.of({{"source", "device"}, {"path", "/dev/video-fake"}, {"turned", 90}}), "480×640"));
}

TEST_CASE("tram doctor looks through a folder of pictures, too") {
    const Place place;
    fs::create_directory(place / "film");
    fs::copy_file(kPhoto, place / "film" / fs::path("f001.jpg"));
    const auto folder = (place / "film").string();
    CHECK_FALSE(has(place.of({{"source", "folder"}, {"path", folder}}), "[BAD ]"));
    fs::remove(place / "film" / fs::path("f001.jpg"));
    CHECK(has(place.of({{"source", "folder"}, {"path", folder}}), "a folder must hold JPEG"));
}

TEST_CASE("tram doctor of a station without a camera is not unwell for that") {
    const auto said = Place().of(nullptr);
    CHECK(has(said, "none is configured"));
    CHECK(has(said, "[ OK ]"));
}

TEST_CASE("tram doctor names each trouble of the camera, and what to do") {
    const auto [kind, trouble, remedy] = GENERATE(table<std::string, std::string, std::string>(
        {{"busy", "Another program is using", "fuser -v /dev/video-fake"},
         {"h264", "no kind of picture", "MJPEG or YUYV"},
         {"black", "sees only black", "lens"},
         {"frozen", "stands still", "USB port"},
         {"silent", "stands still", "USB port"},
         {"unplugged", "No camera found", "by-id"}}));
    CAPTURE(kind);
    const auto said = Place(Place::pretended(kind)).ofDevice();
    CHECK(has(said, "[BAD ]"));
    CHECK(has(said, trouble));
    CHECK(has(said, remedy));
}

TEST_CASE("tram doctor says of a slow camera that it is slow") {
    const auto said = Place(Place::pretended("slow")).ofDevice();
    CHECK(has(said, "[NOTE]"));
    CHECK(has(said, "but only "));
    CHECK(has(said, "More light"));
}

TEST_CASE("tram doctor says of a device that is not there where to look") {
    const auto said = Place().of({{"source", "device"}, {"path", "/dev/video-absent"}});
    CHECK(has(said, "No camera found: /dev/video-absent"));
    CHECK(has(said, "/dev/v4l/by-id/"));
}

TEST_CASE("tram doctor tells a camera that may not be opened from one that is away") {
    const Place place;
    // Run by root, the tool goes on as the owner of the data, who may open as little as anybody.
    fs::create_directory(place / "data");
    if (geteuid() == 0) REQUIRE(chown((place / "data").c_str(), 65534, 65534) == 0);
    fs::permissions(place / "", fs::perms(0755));
    std::ofstream(place / "video0").flush();
    fs::permissions(place / "video0", fs::perms::none);
    const auto said = place.of({{"source", "device"}, {"path", (place / "video0").string()}});
    CHECK(has(said, "may not open it"));
    CHECK(has(said, "camera.conf"));
}

TEST_CASE("tram doctor says so when tram-camera itself does not run") {
    const auto how = GENERATE(as<std::string>(), "exit 0", "kill -SEGV $$", "exec /nonexistent/tram-camera");
    CAPTURE(how);
    const auto said = Place(how).of({{"source", "scene"}});
    CHECK(has(said, "[BAD ]"));
    CHECK(has(said, "tram-camera does not run"));
}
