#include "device/ConfigWords.h"

#include <catch2/catch.hpp>

#include "device/KioskConfig.h"

using namespace tram;

namespace {

base::Words words(const char* language) {
    auto loaded = base::Words::load(TRAM_BINARY_DIR "/share/tram/locale", language);
    REQUIRE(loaded);
    return std::move(*loaded);
}

std::string said(const char* language, const std::string& json) {
    const auto config = device::KioskConfig::parse(json, "/etc/tram/kiosk.json");
    REQUIRE_FALSE(config);
    return device::configWords(words(language), config.error());
}

}  // namespace

TEST_CASE("a mistake in the configuration is a sentence in the reader's language") {
    const auto [json, vi, en] = GENERATE(table<std::string, std::string, std::string>({
        {"{\n\"idle_seconds\": 5}",
         "/etc/tram/kiosk.json, dòng 2: “idle_seconds” phải là số nguyên từ 60 đến 300.",
         "/etc/tram/kiosk.json, line 2: “idle_seconds” must be a whole number from 60 to 300."},
        {"{\n\n\"theme\": \"dark\"}",
         "/etc/tram/kiosk.json, dòng 3: “theme” phải là một trong: light, contrast.",
         "/etc/tram/kiosk.json, line 3: “theme” must be one of: light, contrast."},
        {"{\"thme\": 1}", "/etc/tram/kiosk.json, dòng 1: không có khoá nào tên là “thme”.",
         "/etc/tram/kiosk.json, line 1: there is no key called “thme”."},
        {"{\"demo\": true, \"demo\": true}", "/etc/tram/kiosk.json, dòng 1: khoá “demo” được ghi hai lần.",
         "/etc/tram/kiosk.json, line 1: the key “demo” stands there twice."},
        {"{\"demo\": true}", "/etc/tram/kiosk.json, dòng 1: thiếu khoá “gateway_url”.",
         "/etc/tram/kiosk.json, line 1: the key “gateway_url” is missing."},
        {"{\n\"demo\": tru}", "/etc/tram/kiosk.json không phải là JSON đúng: hãy xem dòng 2.",
         "/etc/tram/kiosk.json is not proper JSON: look at line 2."},
        {"[]", "/etc/tram/kiosk.json, dòng 1: phải là một đối tượng JSON {…}.",
         "/etc/tram/kiosk.json, line 1: must be a JSON object {…}."},
    }));
    CHECK(said("vi", json) == vi);
    CHECK(said("en", json) == en);
}

TEST_CASE("there are words for whatever a key may have to be") {
    const auto language = GENERATE("vi", "en");
    const auto bad = GENERATE(
        as<std::string>(), R"("demo": 0)", R"("gateway_url": "x")", R"("data_dir": "x")",
        R"("language": "fr")", R"("idle_seconds": 1)", R"("display": [])", R"("display": {"px_per_mm": 0})",
        R"("controller": {"name": ""})", R"("hotlines": 1)", R"("printer": {"queue": " "})",
        R"("hotlines": [{"number": "1"}])", R"("hotlines": [[[[[[[[[]]]]]]]]])");
    const auto config = device::KioskConfig::parse("{" + bad + "}", "k");
    REQUIRE_FALSE(config);
    const std::string sentence = device::configWords(words(language), config.error());
    CAPTURE(sentence);
    CHECK(sentence.find("expected.") == std::string::npos);
    CHECK(sentence.find("{m") == std::string::npos);
    CHECK(sentence.find("{v") == std::string::npos);
    CHECK(words(language).has("expected." + std::string(config.error().fact("expected"))));
}
