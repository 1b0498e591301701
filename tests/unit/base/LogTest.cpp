#include "base/Log.h"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/Files.h"
#include "tests/support/TempDir.h"

using namespace tram::base;

namespace {

/// What `work` writes to standard error.
template <class Work>
std::string errorsOf(Work work) {
    const tram::test::TempDir dir;
    const int kept = ::dup(STDERR_FILENO);
    const int file = ::open((dir / "log").c_str(), O_CREAT | O_RDWR, 0600);
    ::dup2(file, STDERR_FILENO);
    work();
    ::dup2(kept, STDERR_FILENO);
    ::close(kept);
    ::close(file);
    return readFile(dir / "log").value();
}

std::string afterTime(const std::string& line) {
    return line.substr(line.find(' ') + 1);
}

}  // namespace

TEST_CASE("a line is time, level, program, event and fields") {
    log::setProgram("tram-test");
    const auto id = Uuid::parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    const auto line = errorsOf([&] {
        log::warning("batch_sent", {{"count", 3},
                                    {"took", Millis{250}},
                                    {"id", *id},
                                    {"why", ProblemKind::Timeout},
                                    {"phase", "upload"}});
    });
    WallTime time;
    CHECK(fromRfc3339(line.substr(0, line.find(' ')), time));
    CHECK(afterTime(line) ==
          "warning tram-test batch_sent count=3 took=250ms id=017f22e2-79b0-7cc3-98c4-dc0c0c07398f "
          "why=timeout phase=upload\n");
}

TEST_CASE("of a problem only harmless facts are told") {
    log::setProgram("tram-test");
    const Problem problem{ProblemKind::BadConfig,
                          {{"line", "7"},
                           {"expected", "a number\nerror x"},
                           {"detail", "Nguyễn Thị Thử"},
                           {"path", "/home/thu"}}};
    const auto line = errorsOf([&] { log::problem("config", problem); });
    CHECK(afterTime(line) ==
          "error tram-test config problem=bad_config line=7 expected=\"a number?error x\"\n");
}

TEST_CASE("text of a person cannot be logged") {
    static_assert(!std::is_constructible_v<log::Word, std::string>);
    static_assert(!std::is_constructible_v<log::Word, std::string_view>);
    static_assert(!std::is_constructible_v<log::Field, log::Word, std::string>);
    static_assert(!std::is_constructible_v<log::Field, log::Word, std::string_view>);
    static_assert(std::is_constructible_v<log::Field, log::Word, int>);
}

TEST_CASE("of a key or a hash its digits are written, of anything else nothing") {
    log::setProgram("tram-test");
    const std::string key = "00c0ffee00c0ffee";
    const auto lineOf = [](const std::string& text) {
        return errorsOf([&] { log::info("key", {{"id", log::Hex{text}}}); });
    };
    CHECK(afterTime(lineOf(key)) == "info tram-test key id=00c0ffee00c0ffee\n");
    for (const char* text : {"", "0901234567", "079123456789", "Nguyễn Thị Thử", "00C0FFEE00C0FFEE"})
        CHECK(afterTime(lineOf(text)) == "info tram-test key id=?\n");
}

TEST_CASE("of what an operator named the name is written, of anything else nothing") {
    log::setProgram("tram-test");
    const auto lineOf = [](const std::string& text) {
        return errorsOf([&] { log::info("kind", {{"name", log::Name{text}}}); });
    };
    CHECK(afterTime(lineOf("bus-route_2026.x")) == "info tram-test kind name=bus-route_2026.x\n");
    for (const char* text : {"0901234567", "an09123", "Nguyen", "nguyễn", "a b", "a=b"})
        CHECK(afterTime(lineOf(text)) == "info tram-test kind name=?\n");
    CHECK(afterTime(lineOf(std::string(65, 'a'))) == "info tram-test kind name=?\n");
}
