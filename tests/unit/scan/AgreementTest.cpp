#include "scan/Agreement.h"

#include <catch2/catch.hpp>

#include "scan/CodeReader.h"

using namespace tram;
using namespace tram::scan;

namespace {

constexpr int kFast = -1;

Readings one(std::string text, Symbology symbology = Symbology::Qr, float x = 100) {
    Readings readings;
    readings.push_back({symbology,
                        base::SecretText(std::move(text)),
                        {cv::Point2f{x, 100}, {x + 80, 100}, {x + 80, 180}, {x, 180}}});
    return readings;
}

Readings beside(const std::string& left, const std::string& right) {
    auto readings = one(left);
    for (auto& reading : one(right, Symbology::Qr, 400)) readings.push_back(std::move(reading));
    return readings;
}
using Numbers = std::vector<std::uint32_t>;

std::string told(const Readings& readings) {
    std::string texts;
    for (const auto& reading : readings) texts += reading.text.reveal() + ";";
    return texts;
}

}  // namespace

TEST_CASE("a strip of a picture has no code, and is no trouble") {
    for (const auto& size : {cv::Size(1, 1), cv::Size(400, 2), cv::Size(4000, 4), cv::Size(8, 5000),
                             cv::Size(1, 200'000), cv::Size(25, 50'000)}) {
        INFO(size.width << "x" << size.height);
        CodeReader reader;
        for (int stage = 0; stage < CodeReader::roundOfStages(); ++stage)
            CHECK(reader.look(cv::Mat(size, CV_8UC1, cv::Scalar(255))).codes.empty());
    }
}

TEST_CASE("one reading is no code, two of two frames are") {
    Agreement agreement;
    CHECK(told(agreement.add({1, kFast}, one("a"))) == "");
    CHECK(told(agreement.add({2, kFast}, one("a"))) == "a;");
}

TEST_CASE("the same pixels read the same way are one reading, however often") {
    Agreement agreement;
    for (int i = 0; i < 30; ++i) CHECK(told(agreement.add({1, kFast}, one("a"))) == "");
    CHECK(told(agreement.addSame({1, 3}, one("a"))) == "a;");  // another way of looking is another view
}

TEST_CASE("bars with one check symbol need a third reading") {
    Agreement agreement;
    CHECK(told(agreement.add({1, kFast}, one("H29", Symbology::Code128))) == "");
    CHECK(told(agreement.add({2, kFast}, one("H29", Symbology::Code128))) == "");
    CHECK(told(agreement.add({3, kFast}, one("H29", Symbology::Code128))) == "H29;");
}

TEST_CASE("a code is told once while it stays, and again when it has been away") {
    Agreement agreement;
    std::uint64_t frame = 0;
    std::string all;
    for (int i = 0; i < 50; ++i) all += told(agreement.add({++frame, kFast}, one("a")));
    CHECK(all == "a;");
    for (int i = 0; i < Agreement::kForgotten; ++i) agreement.add({++frame, kFast}, {});
    CHECK(told(agreement.add({++frame, kFast}, one("a"))) == "");  // still the same stay
    for (int i = 0; i <= Agreement::kForgotten; ++i) agreement.add({++frame, kFast}, {});
    CHECK(told(agreement.add({++frame, kFast}, one("a"))) == "");
    CHECK(told(agreement.add({++frame, kFast}, one("a"))) == "a;");
}

TEST_CASE("two texts for one place: neither counts until one is read far more often") {
    Agreement agreement;
    std::uint64_t frame = 0;
    std::string all;
    agreement.add({++frame, kFast}, one("right"));
    for (int i = 0; i < 2; ++i) all += told(agreement.add({++frame, 1}, one("wrong")));
    for (int i = 0; i < 3; ++i) all += told(agreement.add({++frame, kFast}, one("right")));
    CHECK(all == "");  // two against four is still a quarrel
    all += told(agreement.add({++frame, kFast}, one("right")));
    CHECK(all == "right;");
}

TEST_CASE("codes beside each other do not doubt each other") {
    Agreement agreement;
    agreement.add({1, kFast}, beside("left", "right"));
    CHECK(told(agreement.add({2, kFast}, beside("left", "right"))) == "left;right;");
}

TEST_CASE("codes in view together have their numbers, and the one that stays is told again alone") {
    Agreement agreement;
    std::uint64_t frame = 0;
    agreement.add({++frame, kFast}, one("left"));
    CHECK(agreement.inView().empty());
    agreement.add({++frame, kFast}, one("left"));
    CHECK(agreement.inView() == Numbers{1});
    for (int i = 0; i < 2; ++i) agreement.add({++frame, kFast}, beside("left", "right"));
    CHECK(agreement.inView() == Numbers{1, 2});
    for (int i = 0; i < Agreement::kForgotten; ++i)
        CHECK(told(agreement.add({++frame, kFast}, one("right", Symbology::Qr, 400))) == "");
    CHECK(agreement.inView() == Numbers{1, 2});
    CHECK(told(agreement.add({++frame, kFast}, one("right", Symbology::Qr, 400))) == "right;");
    CHECK(agreement.inView() == Numbers{2});
}

TEST_CASE("of two that are taken away together none passes for the one that stayed") {
    Agreement agreement;
    std::uint64_t frame = 0;
    for (int i = 0; i < 3; ++i) agreement.add({++frame, kFast}, beside("left", "right"));
    agreement.add({++frame, kFast}, one("right", Symbology::Qr, 400));  // a moment longer
    for (int i = 0; i < 2 * Agreement::kForgotten; ++i) {
        CHECK(told(agreement.add({++frame, kFast}, {})) == "");
        CHECK(agreement.inView() != Numbers{2});
    }
    CHECK(agreement.inView().empty());
}

TEST_CASE("the same text twice is one code") {
    Agreement agreement;
    std::uint64_t frame = 0;
    std::string all;
    for (int i = 0; i < 9; ++i) all += told(agreement.add({++frame, kFast}, beside("same", "same")));
    CHECK(all == "same;");
    CHECK(agreement.inView() == Numbers{1});
}

TEST_CASE("where a code is, is where it was last") {
    Agreement agreement;
    agreement.add({1, kFast}, one("a", Symbology::Qr, 100));
    const auto counted = agreement.add({2, kFast}, one("a", Symbology::Qr, 140));
    REQUIRE(counted.size() == 1);
    CHECK(counted[0].corners[0].x == 140);
}

TEST_CASE("a flood of texts is forgotten, not kept") {
    Agreement agreement;
    for (int i = 0; i < 5000; ++i)
        CHECK(agreement.add({static_cast<std::uint64_t>(i), kFast}, one("t" + std::to_string(i))).empty());
}
