// Every picture of the table through the pipeline, as the camera would see it and as `tram scan` does. A
// wrong text anywhere is a failure; how many are read only rises (PictureMaker.cpp).
#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <set>

#include "scan/CodeReader.h"
#include "tests/unit/scan/PictureMaker.h"

using namespace tram;

namespace {

/// Ends as soon as all is read: what more stages would find could only be wrong, and that a picture without
/// codes shows.
std::multiset<std::string> read(const test::Shot& shot) {
    cv::setNumThreads(0);
    scan::CodeReader reader;
    std::multiset<std::string> texts;
    for (int i = 0; i < scan::CodeReader::roundOfStages(); ++i) {
        for (const auto& code : reader.look(shot.grey).codes) texts.insert(code.text.reveal());
        if (!shot.texts.empty() && texts.size() >= shot.texts.size()) break;
    }
    return texts;
}

void checkGroup(const std::string& name) {
    const auto& groups = test::shotGroups();
    const auto group = std::ranges::find(groups, name, &test::ShotGroup::name);
    REQUIRE(group != groups.end());
    int whole = 0;
    std::string unread;
    for (int i = 0; i < group->pictures; ++i) {
        const auto shot = group->shot(i);
        const std::multiset<std::string> meant(shot.texts.begin(), shot.texts.end());
        const auto texts = read(shot);
        CAPTURE(name, i);
        for (const auto& text : texts) CHECK(meant.contains(text));
        texts == meant ? void(++whole) : void(unread += std::to_string(i) + " ");
    }
    INFO(name << ": read " << whole << " of " << group->pictures << "; not: " << unread);
    CHECK(whole >= group->floor);
    // A floor that can rise must: what was gained is not to be lost unseen.
    WARN(name << ": " << whole << " of " << group->pictures << ", floor " << group->floor);
}

}  // namespace

// One case a group, so that they run side by side.
TEST_CASE("table: plain") {
    checkGroup("plain");
}
TEST_CASE("table: blurred") {
    checkGroup("blurred");
}
TEST_CASE("table: moved") {
    checkGroup("moved");
}
TEST_CASE("table: glaring") {
    checkGroup("glaring");
}
TEST_CASE("table: tilted") {
    checkGroup("tilted");
}
TEST_CASE("table: dark") {
    checkGroup("dark");
}
TEST_CASE("table: rolled") {
    checkGroup("rolled");
}
TEST_CASE("table: phone") {
    checkGroup("phone");
}
TEST_CASE("table: tiny") {
    checkGroup("tiny");
}
TEST_CASE("table: damaged") {
    checkGroup("damaged");
}
TEST_CASE("table: inverted") {
    checkGroup("inverted");
}
TEST_CASE("table: bars") {
    checkGroup("bars");
}
TEST_CASE("table: turned") {
    checkGroup("turned");
}
TEST_CASE("table: two") {
    checkGroup("two");
}
TEST_CASE("table: nothing") {
    checkGroup("nothing");
}
TEST_CASE("table: photograph") {
    checkGroup("photograph");
}

TEST_CASE("every group of the table is a case above") {
    CHECK(test::shotGroups().size() == 16);
}
