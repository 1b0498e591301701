#include "ledger/Line.h"

#include <catch2/catch.hpp>

#include "crypto/Bytes.h"
#include "tests/support/FakeClock.h"

using namespace tram;
using namespace tram::ledger;

namespace {

Line example() {
    const test::FakeClock clock;
    return {"0123456789abcdef", 2,     std::string(kNoHash), clock.wall(),  clock.boot(),
            "queue_retried",    "S-7", "Quầy \"3\"",         {{"items", 4}}};
}

}  // namespace

TEST_CASE("line: written, it is this to the byte, and its hash is of the entry's bytes") {
    const auto written = write(example());
    const std::string entry =
        R"({"at":"2026-11-21T09:41:07.250+07:00","boot":"boot-1","chain":"0123456789abcdef","desk":"Quầy \"3\"",)"
        R"("event":"queue_retried","members":{"items":4},"n":2,"prev":")" +
        std::string(kNoHash) + R"(","since_boot":3600000,"staff":"S-7","v":1})";
    CHECK(written.hash == crypto::sha256Hex(entry));
    CHECK(written.text == R"({"entry":)" + entry + R"(,"hash":")" + written.hash + R"("})");
    const auto read = readLine(written.text);
    REQUIRE(read);
    CHECK(read->holds);
    CHECK(write(read->line).text == written.text);
    CHECK(read->head() == Head{"0123456789abcdef", 2, written.hash});
}

TEST_CASE("line: every flipped bit is found") {
    const auto text = write(example()).text;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto other = text;
        other[at] = static_cast<char>(other[at] ^ 1);
        const auto read = readLine(other);
        INFO(at);
        CHECK((!read || !read->holds));
    }
}

TEST_CASE("line: what is not written as we write is none, even with a hash that is right") {
    const auto good = write(example()).text;
    const auto entry = good.substr(9, good.size() - 9 - 75);
    const auto with = [](const std::string& entry) {
        return readLine(R"({"entry":)" + entry + R"(,"hash":")" + crypto::sha256Hex(entry) + R"("})");
    };
    REQUIRE(with(entry));
    const auto changed = [&](const std::string& what, const std::string& to) {
        auto other = entry;
        const auto at = other.find(what);
        REQUIRE(at != other.npos);
        return other.replace(at, what.size(), to);
    };
    CHECK_FALSE(with(changed("\"n\":2", "\"n\": 2")));
    CHECK_FALSE(with(changed("\"n\":2", "\"n\":0")));
    CHECK_FALSE(with(changed("\"n\":2", "\"n\":2.0")));
    CHECK_FALSE(with(changed("\"n\":2", "\"n\":9007199254740993")));
    CHECK_FALSE(with(changed("\"v\":1", "\"v\":2")));
    CHECK_FALSE(with(changed("\"v\":1", "\"v\":1,\"z\":1")));
    CHECK_FALSE(with(changed("{\"items\":4}", "{}")));
    CHECK_FALSE(with(changed("{\"items\":4}", "{\"items\":{}}")));
    CHECK_FALSE(with(changed("{\"items\":4}", "{\"items\":-4}")));
    CHECK_FALSE(with(changed("{\"items\":4}", "{\"Items\":4}")));
    CHECK_FALSE(with(changed("S-7", "Yen")));
    CHECK_FALSE(with(changed("+07:00", "+08:00")));
    CHECK_FALSE(with(changed("\"chain\":\"0", "\"chain\":\"G")));
    CHECK_FALSE(with("[]"));
    CHECK_FALSE(with(std::string(Line::kMaxBytes, ' ')));
    CHECK_FALSE(readLine(""));
    CHECK_FALSE(readLine(good + " "));
    CHECK(with(changed("queue_retried", "something_later")));
}

TEST_CASE("line: what a power cut leaves of one") {
    const auto text = write(example()).text;
    for (std::size_t length = 0; length <= text.size(); ++length) CHECK(isTorn(text.substr(0, length)));
    CHECK(isTorn(text.substr(0, 40) + std::string(60, '\0')));
    CHECK(isTorn(std::string(60, '\0')));
    CHECK_FALSE(isTorn("something else"));
    CHECK(isTorn(std::string(300, '\0') + text.substr(300) + "\n"));
    CHECK_FALSE(isTorn(std::string(Line::kMaxBytes + 1, '\0')));
    CHECK_FALSE(isTorn(text + std::string(Line::kMaxBytes, 'x')));
}
