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
    const auto both = [] {
        auto readings = one("left");
        for (auto& reading : one("right", Symbology::Qr, 400)) readings.push_back(std::move(reading));
        return readings;
    };
    agreement.add({1, kFast}, both());
    CHECK(told(agreement.add({2, kFast}, both())) == "left;right;");
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
