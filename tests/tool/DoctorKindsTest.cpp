// `tram doctor` about the kinds of content: the real tool beside a share directory that somebody has edited.
#include <catch2/catch.hpp>
#include <fstream>

#include "tests/gateway/LiveCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
namespace fs = std::filesystem;

TEST_CASE("tram doctor names the file of a kind that cannot be read") {
    const test::TempDir dir;
    for (const char* made : {"bin", "share/tram"}) fs::create_directories(dir / made);
    fs::copy_file(TRAM_TOOL, dir / "bin/tram");
    fs::copy(TRAM_BINARY_DIR "/share/tram/catalogue", dir / "share/tram/catalogue",
             fs::copy_options::recursive);
    for (const char* beside : {"locale", "api", "content"})
        fs::create_symlink(fs::path(TRAM_BINARY_DIR "/share/tram") / beside, dir / "share/tram" / beside);
    std::ofstream(dir / "kiosk.json")
        << R"({"demo": true, "gateway_url": "http://127.0.0.1:9", "data_dir": ")" << (dir / "data").string()
        << R"(", "runtime_dir": ")" << (dir / "run").string() << "\"}";
    const auto said = [&] {
        int exit = 0;
        return test::runAndRead({(dir / "bin/tram").string(), "doctor", "--lang", "en", "--config",
                                 (dir / "kiosk.json").string()},
                                exit);
    };
    const auto whole = said();
    INFO(whole);
    CHECK(whole.find("Kinds of content: ") != std::string::npos);
    CHECK(whole.find("kinds can be read") != std::string::npos);
    std::ofstream(dir / "share/tram/catalogue/kinds/library.json") << R"({"kind": "library"})";
    const auto broken = said();
    INFO(broken);
    CHECK(broken.find("kinds can be read") == std::string::npos);
    CHECK(broken.find("library.json") != std::string::npos);
}
