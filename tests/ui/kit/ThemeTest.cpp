#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/ui/kit/Stand.h"

using namespace tram;
using namespace tram::kit;
using test::theme;

namespace {

struct Pair {
    Colour ink, ground;
    double least;
};

// EN 301 549 9.1.4.3 and 9.1.4.11 (WCAG 2.2 1.4.3, 1.4.11): text 4.5:1, large text, icons and outlines 3:1.
constexpr Pair kPairs[] = {
    {Colour::Ink, Colour::Surface, 4.5},
    {Colour::Ink, Colour::Card, 4.5},
    {Colour::Muted, Colour::Surface, 4.5},
    {Colour::Muted, Colour::Card, 4.5},
    {Colour::Muted, Colour::PrimarySoft, 4.5},
    {Colour::Ink, Colour::PrimarySoft, 4.5},
    {Colour::OnPrimary, Colour::Primary, 4.5},
    {Colour::Primary, Colour::Card, 4.5},
    {Colour::Primary, Colour::Surface, 4.5},
    {Colour::PrimaryInk, Colour::PrimarySoft, 4.5},
    {Colour::Ok, Colour::OkSoft, 4.5},
    {Colour::Ok, Colour::Card, 4.5},
    {Colour::Warn, Colour::WarnSoft, 4.5},
    {Colour::Warn, Colour::Card, 4.5},
    {Colour::Warn, Colour::Surface, 4.5},
    {Colour::Danger, Colour::DangerSoft, 4.5},
    {Colour::Danger, Colour::Card, 4.5},
    {Colour::Danger, Colour::Surface, 4.5},
    {Colour::OnDanger, Colour::Danger, 4.5},
    {Colour::Vneid, Colour::Card, 4.5},
    {Colour::DisabledInk, Colour::DisabledFill, 4.5},
    {Colour::KeyInk, Colour::Key, 4.5},
    {Colour::KeyInk, Colour::KeyLetter, 4.5},
    {Colour::KeyInk, Colour::KeyTone, 4.5},
    {Colour::KeyInk, Colour::KeyAction, 4.5},
    {Colour::AlertInk, Colour::AlertGround, 4.5},
    {Colour::AlertInk, Colour::AlertPanel, 4.5},
    {Colour::AlertCardInk, Colour::AlertCard, 4.5},
    {Colour::AlertMark, Colour::AlertGround, 3},
    {Colour::Outline, Colour::Card, 3},
    {Colour::Outline, Colour::Surface, 3},
    {Colour::Outline, Colour::PrimarySoft, 2.9},
    {Colour::Focus, Colour::Surface, 3},
    {Colour::Focus, Colour::Card, 3},
    {Colour::OnLogo, Colour::LogoTop, 3},
    {Colour::QrDark, Colour::QrLight, 7},
};

}  // namespace

TEST_CASE("contrast of known colours") {
    ui::test::startWx();  // colours need it
    CHECK(contrast(*wxBLACK, *wxWHITE) == Approx(21));
    CHECK(contrast(wxColour("#777777"), *wxWHITE) == Approx(4.48).margin(0.01));
}

TEST_CASE("every pair of tokens has its contrast in both themes") {  // STANDARDS 18
    ui::test::startWx();
    for (const std::string name : {"light", "contrast"}) {
        const auto t = theme(name);
        for (const auto& [ink, ground, least] : kPairs) {
            INFO(name << ": " << colourName(ink) << " on " << colourName(ground));
            CHECK(contrast(t.colour(ink), t.colour(ground)) >= least);
        }
        for (std::size_t i = 0; i < static_cast<std::size_t>(TilePair::Count); ++i) {
            const auto& pair = t.pair(static_cast<TilePair>(i));
            INFO(name << ": tile " << pairName(static_cast<TilePair>(i)));
            CHECK(contrast(pair.icon, pair.soft) >= 3);
        }
    }
}

TEST_CASE(
    "capitals are at least 0.7 degrees high on every size of screen") {  // STANDARDS 18: 6.1 mm at 500 mm
    for (const wxSize screen :
         {wxSize(1080, 1920), wxSize(1920, 1080), wxSize(768, 1366), wxSize(1024, 768), wxSize(1280, 800)}) {
        const auto t = theme("light", 100, screen);
        for (std::size_t i = 0; i < static_cast<std::size_t>(Type::Count); ++i) {
            INFO(typeName(static_cast<Type>(i)) << " at " << screen.x << "x" << screen.y);
            CHECK(t.capitalHeightMm(static_cast<Type>(i)) >= 6.1);
        }
    }
}

TEST_CASE("lengths follow the screen's pixels and the eye's distance, targets only the pixels") {
    const auto reference = theme();
    CHECK(reference.px(96) == 96);
    CHECK(reference.target() == 41);      // 15 mm at 2.7 px/mm
    CHECK(reference.mainTarget() == 54);  // 20 mm
    const auto dense = theme("light", 100, {1080, 1920}, 5.4);
    CHECK(dense.px(96) == 192);
    CHECK(dense.target() == 81);
    auto near = Theme::load(TRAM_SOURCE_DIR "/resources/theme", "light", {.pxPerMm = 2.7, .viewingMm = 400},
                            {1080, 1920});
    REQUIRE(near);
    CHECK(near->px(100) == 80);
    CHECK(near->target() == 41);
}

TEST_CASE("the text scale changes type and nothing else") {
    const auto normal = theme("light", 100), large = theme("light", 200);
    CHECK(large.type(Type::Body).size == Approx(2 * normal.type(Type::Body).size));
    CHECK(large.type(Type::Display).size == Approx(2 * normal.type(Type::Display).size));
    const auto lying = theme("light", 200, {1920, 1080});
    CHECK(lying.type(Type::Body).size == Approx(2 * normal.type(Type::Body).size));
    CHECK(lying.type(Type::Display).size == Approx(1.5 * normal.type(Type::Display).size));
    CHECK(large.length(Length::Gutter) == normal.length(Length::Gutter));
    CHECK(large.target() == normal.target());
}

TEST_CASE("a theme that lacks a token or has none of its kind is refused by name") {
    const auto dir = std::filesystem::temp_directory_path() / "tram-kit-theme";
    std::filesystem::create_directories(dir);
    std::filesystem::copy_file(TRAM_SOURCE_DIR "/resources/theme/light.json", dir / "light.json",
                               std::filesystem::copy_options::overwrite_existing);
    const auto load = [&](const std::string& body) {
        std::ofstream(dir / "broken.json") << body;
        return Theme::load(dir, "broken", {}, {1080, 1920});
    };
    CHECK(load(R"({"extends": "light"})").has_value());
    CHECK(load(R"({"extends": "light", "colours": {"ink": "blue"}})").error().fact("key") == "ink");
    CHECK(load(R"({"extends": "light", "colours": {"ink": null}})").error().fact("key") == "ink");
    CHECK(load(R"({"extends": "light", "lengths": {"gutter": -4}})").error().fact("key") == "gutter");
    CHECK(load(R"({"extends": "light", "lengths": {"gutter": 1e300}})").error().fact("key") == "gutter");
    CHECK(load(R"({"extends": "light", "type": {"body": {"tracking": "wide"}}})").error().fact("key") ==
          "tracking");
    CHECK(load(R"({"extends": "../light"})").error().fact("key") == "extends");
    CHECK(load(R"({"extends": "broken"})").error().kind == base::ProblemKind::BadConfig);
    CHECK(load("not json").error().kind == base::ProblemKind::BadConfig);
    std::filesystem::remove_all(dir);
}
