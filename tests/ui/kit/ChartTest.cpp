#include <catch2/catch.hpp>

#include "tests/ui/kit/Stand.h"
#include "ui/kit/Chart.h"

using namespace tram::kit;
using test::Stand;

namespace {

ChartOptions week() {
    return {.id = "chart",
            .spoken = "Cài ứng dụng",
            .marks = {{"T2", 12, "12", "Thứ Hai"}, {"T3", 24, "24"}, {"T4", 0, "0"}}};
}

using Make = ViewRef (*)(ChartOptions);

void showIn(Stand& stand, ViewRef chart) {
    stand.surface().show(column({std::move(chart), spacer()}));
    stand.surface().layoutFaults();
}

/// How many pixels of a column of the picture are painted in the bars' colour.
int painted(Stand& stand, int x, const Rect& within) {
    const auto image = stand.surface().picture().ConvertToImage();
    const auto primary = stand.surface().theme().colour(Colour::Primary);
    int count = 0;
    for (int y = within.y; y < within.GetBottom(); ++y)
        if (wxColour(image.GetRed(x, y), image.GetGreen(x, y), image.GetBlue(x, y)) == primary) ++count;
    return count;
}

}  // namespace

TEST_CASE("a chart says what it counts, every label and every figure, as one picture") {
    for (const Make make : {&barChart, &lineChart, &shareChart}) {
        Stand stand({1080, 900});
        showIn(stand, make(week()));
        const auto said = stand.surface().describe();
        REQUIRE(said.size() == 1);
        CHECK(said.front().role == Role::Image);
        CHECK(said.front().spoken == "Cài ứng dụng: Thứ Hai: 12; T3: 24; T4: 0");
    }
}

TEST_CASE("bars are as high as their figures, and nothing at all for zero") {
    Stand stand({1080, 900});
    showIn(stand, barChart(week()));
    const auto rect = stand.surface().find("chart")->rect();
    const int third = rect.width / 3;
    const int half = painted(stand, rect.x + third / 2, rect),
              whole = painted(stand, rect.x + third * 3 / 2, rect);
    CHECK(whole == Approx(stand.surface().theme().px(240)).margin(2));
    CHECK(half == Approx(whole / 2).margin(2));
    CHECK(painted(stand, rect.x + third * 5 / 2, rect) == 0);
}

TEST_CASE("a share fills as much of its line as it is of the whole, and never more than all of it") {
    Stand stand({1000, 900});
    auto options = week();
    options.most = 20;
    showIn(stand, shareChart(options));
    const auto rect = stand.surface().find("chart")->rect();
    const Rect first{rect.x, rect.y, rect.width, rect.height / 3};
    CHECK(painted(stand, rect.x + rect.width * 58 / 100, first) > 0);
    CHECK(painted(stand, rect.x + rect.width * 62 / 100, first) == 0);
}

TEST_CASE("marks that have no room beside each other stand below each other") {
    for (const Make make : {&barChart, &lineChart}) {
        auto options = week();
        for (auto& mark : options.marks) mark.label = unbroken("Khu phố số mười hai");
        Stand wide({1400, 900}), narrow({500, 900});
        showIn(wide, make(options));
        showIn(narrow, make(options));
        CHECK(wide.surface().layoutFaults().empty());
        CHECK(narrow.surface().layoutFaults().empty());
        const auto texts = [](Stand& stand) {
            int count = 0;
            walk(stand.surface().root(), [&](const ViewRef& view) { count += view->children().empty(); });
            return count;
        };
        CHECK(texts(narrow) > texts(wide));
    }
}

TEST_CASE("a chart of nothing is no fault") {
    Stand stand({800, 600});
    showIn(stand, barChart({.id = "chart", .spoken = "Chưa có gì", .marks = {}}));
    CHECK(stand.surface().layoutFaults().empty());
    CHECK(stand.surface().find("chart")->spokenName == "Chưa có gì");
}
