#include "typing/TypeLines.h"

#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "tests/unit/typing/Typist.h"

using namespace tram::typing;
using namespace tram::typing::test;

namespace {

std::string typed(const std::string& keys, const Options& options = kTelex) {
    std::istringstream in(keys);
    std::ostringstream out;
    typeLines(in, out, options);
    return out.str();
}

}  // namespace

TEST_CASE("lines of keystrokes become lines of text") {
    CHECK(typed("nguoiwf dduongwf\ntiengse\n") == "người đường\ntiếng\n");
    CHECK(typed("windows test tesst") == "windows tét test");
    CHECK(typed("nguow") == "nguow");
    CHECK(typed("hoa2\r\nnguoi72", kVni) == "hòa\r\nngười");
    CHECK(typed("hoaf", kTelexNew) == "hoà");
    CHECK(typed("nguoiwf\bzi as\x7f") == "ngươi ");
    CHECK(typed("") == "");
    CHECK(typed("\n\n") == "\n\n");
}

TEST_CASE("bytes that are not UTF-8 become U+FFFD") {
    CHECK(typed("as\xFF as") == "á\xEF\xBF\xBD á");
    CHECK(typed("as \xE1\xBA") == "á \xEF\xBF\xBD");
}

TEST_CASE("a line of any length comes through whole") {
    std::string keys, text;
    for (int i = 0; i < 20000; ++i) {
        keys += "dduongwf ếx, ";
        text += "đường ễ, ";
    }
    CHECK(typed(keys) == text);
    CHECK(typed(std::string(1 << 20, 'k')) == std::string(1 << 20, 'k'));
}

TEST_CASE("random bytes are survived") {
    std::mt19937 engine(7);
    std::string keys;
    for (int i = 0; i < 200000; ++i) keys += static_cast<char>(engine());
    for (const Options& options : {kTelex, kVni}) CHECK(typed(keys, options).size() > keys.size() / 2);
}
