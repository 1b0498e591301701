#include "base/Words.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <random>

#include "base/Files.h"
#include "tests/support/TempDir.h"

using namespace tram::base;
using tram::test::TempDir;

namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

/// A .mo as msgfmt lays it out (GNU gettext manual, "MO Files"), in either byte order.
std::string moFile(const Entries& entries, bool bigEndian = false) {
    const auto number = [&](std::size_t value) {
        std::string bytes;
        for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * (bigEndian ? 3 - i : i)));
        return bytes;
    };
    const std::size_t n = entries.size(), texts = 28 + 16 * n;
    std::string keyTable, textTable, body;
    for (const auto& [key, text] : entries) {
        keyTable += number(key.size()) + number(texts + body.size());
        body += key + '\0';
    }
    for (const auto& [key, text] : entries) {
        textTable += number(text.size()) + number(texts + body.size());
        body += text + '\0';
    }
    return number(0x950412de) + number(0) + number(n) + number(28) + number(28 + 8 * n) + number(0) +
           number(texts) + keyTable + textTable + body;
}

const Entries kEntries = {{"", "Content-Type: text/plain; charset=UTF-8\n"},
                          {"receipt.saved_at", "Đã lưu tại {station} lúc {time}"},
                          {"odd", "{ {time} {unknown} {time"}};

Result<Words> load(const TempDir& dir, const std::string& bytes) {
    REQUIRE(writeFileAtomically(dir / "vi.mo", bytes));
    return Words::load(dir.path(), "vi");
}

}  // namespace

TEST_CASE("words are found by their key, in either byte order") {
    const TempDir dir;
    const auto words = load(dir, moFile(kEntries, GENERATE(false, true)));
    REQUIRE(words);
    CHECK(words->language() == "vi");
    CHECK(words->text("odd") == "{ {time} {unknown} {time");
    CHECK(words->has("receipt.saved_at"));
    CHECK_FALSE(words->has("receipt.absent"));
    CHECK_FALSE(words->has(""));
    CHECK(words->text("receipt.absent") == "receipt.absent");
}

TEST_CASE("a family of words is what begins alike, and no more") {
    const TempDir dir;
    const auto words = load(dir, moFile({{"", "x"}, {"state.a", "A"}, {"state.b", "{x}"}, {"states", "no"}}));
    REQUIRE(words);
    CHECK(words->under("state.") == Words::Values{{"state.a", "A"}, {"state.b", "{x}"}});
    CHECK(words->under("none.").empty());
}

TEST_CASE("values are put in as they are") {
    const TempDir dir;
    const auto words = load(dir, moFile(kEntries));
    REQUIRE(words);
    CHECK(words->text("receipt.saved_at", {{"station", "Bến Thành"}, {"time", "09:41"}}) ==
          "Đã lưu tại Bến Thành lúc 09:41");
    CHECK(words->text("receipt.saved_at", {{"station", "{time}"}, {"time", "{station}"}}) ==
          "Đã lưu tại {time} lúc {station}");
    CHECK(words->text("receipt.saved_at", {}) == "Đã lưu tại {station} lúc {time}");
    CHECK(words->text("odd", {{"time", "9"}}) == "{ 9 {unknown} {time");
}

TEST_CASE("a catalogue that is not there or not one is told") {
    const TempDir dir;
    CHECK(Words::load(dir.path(), "vi").error().kind == ProblemKind::FileMissing);
    CHECK(Words::load(dir.path(), "../vi").error().kind == ProblemKind::BadConfig);
    CHECK(Words::load(dir.path(), "").error().kind == ProblemKind::BadConfig);
    CHECK(load(dir, "").error().kind == ProblemKind::Malformed);
    CHECK(load(dir, "<html>").error().kind == ProblemKind::Malformed);
    CHECK(load(dir, std::string(5u << 20, 'x')).error().kind == ProblemKind::TooLarge);
}

TEST_CASE("a catalogue cut anywhere is refused or still right") {
    const TempDir dir;
    const auto whole = moFile(kEntries);
    for (std::size_t size = 0; size < whole.size() - 1; ++size) {
        const auto words = load(dir, whole.substr(0, size));
        REQUIRE_FALSE(words);
        REQUIRE(words.error().kind == ProblemKind::Malformed);
    }
}

TEST_CASE("numbers that point anywhere are survived") {
    const TempDir dir;
    std::mt19937 random(4);
    for (int i = 0; i < 600; ++i) {
        auto bytes = moFile(kEntries, i % 2 != 0);
        for (int flips = 0; flips < 3; ++flips) bytes[4 + random() % 70] = static_cast<char>(random());
        if (const auto words = load(dir, bytes); words) (void)words->text("odd", {{"time", "9"}});
    }
    SUCCEED("no crash");
}
