#include "device/InstalledProgram.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using device::InstalledProgram;
namespace fs = std::filesystem;

namespace {

/// As dpkg does: the new file beside the old one, then renamed over it.
void install(const fs::path& program, const std::string& bytes) {
    const fs::path beside = program.string() + ".dpkg-new";
    std::ofstream(beside) << bytes;
    fs::rename(beside, program);
}

constexpr base::Millis kSettled = InstalledProgram::kSettled;

}  // namespace

TEST_CASE("a program notices that another was installed in its place, once that has settled") {
    const test::TempDir dir;
    const auto file = dir / "tram-kiosk";
    install(file, "old");
    InstalledProgram program(file);
    CHECK_FALSE(program.replaced(1h));
    CHECK_FALSE(program.replaced(2h));

    install(file, "new");
    CHECK_FALSE(program.replaced(3h));
    CHECK_FALSE(program.replaced(3h + kSettled - 1ms));
    install(file, "newer");  // not yet through
    CHECK_FALSE(program.replaced(3h + kSettled));
    CHECK(program.replaced(3h + 2 * kSettled));
    CHECK_FALSE(InstalledProgram(file).replaced(4h));  // the one that was started then
}

TEST_CASE("a program that is gone for a moment is not replaced by nothing") {
    const test::TempDir dir;
    const auto file = dir / "tram-kiosk";
    install(file, "old");
    InstalledProgram program(file);
    fs::remove(file);
    CHECK_FALSE(program.replaced(1h));
    CHECK_FALSE(program.replaced(2h));
    install(file, "new");
    CHECK_FALSE(program.replaced(3h));
    CHECK(program.replaced(3h + kSettled));
}
