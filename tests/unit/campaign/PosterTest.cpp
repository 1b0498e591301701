#include "campaign/Poster.h"

#include <catch2/catch.hpp>

#include "paper/Typeset.h"
#include "tests/support/PaperReader.h"
#include "tests/unit/wire/Samples.h"

using namespace tram;

namespace {

base::Words wordsIn(const char* language) {
    auto words = base::Words::load(std::string(TRAM_BINARY_DIR) + "/share/tram/locale", language);
    REQUIRE(words);
    return std::move(*words);
}

paper::Pdf posterOf(const wire::Campaign& campaign) {
    const auto vi = wordsIn("vi"), en = wordsIn("en");
    const campaign::PosterMaker maker{vi, en, "https://tram.example.vn", "Phường Bàn Cờ"};
    auto pdf = paper::typeset(maker.sheet(campaign), paper::Stock::A4);
    REQUIRE(pdf);
    return std::move(*pdf);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("a poster: one page in both languages, with the guide's code to scan and no person") {
    const auto pdf = posterOf(test::campaigns().all[0]);
    CHECK(pdf.pages() == 1);
    CHECK(pdf.heightMm() == Approx(297).margin(1));
    test::PaperReader reader(pdf);
    const auto text = reader.text();
    for (const char* part : {"Cài VNeID", "VNeID for everyone", "15/12/2026", "Phường Bàn Cờ", "Until"})
        CHECK(holds(text, part));
    const auto codes = test::PaperReader::codes(reader.pictures().at(0));
    CHECK(std::ranges::count(codes, "https://tram.example.vn/muc/guide/vneid") > 0);
    CHECK_FALSE(holds(text, "Khu phố"));
}

TEST_CASE("a poster: the longest title there can be loses no letter") {
    auto campaign = test::campaigns().all[0];
    std::string title;
    while (title.size() < 990) title += "Cài ứng dụng cho mọi người ";
    campaign.title = {title + "hết-tựa", title + "end-of-it"};
    const auto pdf = posterOf(campaign);
    const auto text = test::PaperReader(pdf).text();
    CHECK(holds(text, "hết-tựa"));
    CHECK(holds(text, "end-of-it"));
}
