#include <catch2/catch.hpp>

#include "tests/ui/kit/Pages.h"
#include "tests/ui/kit/Stand.h"

using namespace tram::kit;
using test::Stand;

namespace {

ViewRef knob(std::string id, std::string label = "Bấm") {
    return button({.id = std::move(id), .label = std::move(label), .onPress = [] {}});
}

// A parent that gives less than its child needs, as no container of the kit does.
class Squeeze final : public View {
  public:
    explicit Squeeze(ViewRef child) { children_ = {std::move(child)}; }
    void paint(Painter& painter) override { paintChildren(painter); }

  protected:
    Widths measureWidths(Canvas&) override { return {30, 30}; }
    int measureHeight(Canvas&, int) override { return 30; }
    void layout(Canvas& canvas) override { children_[0]->place(canvas, rect_); }
};

ViewRef squeezed(ViewRef child) {
    return std::make_shared<Squeeze>(std::move(child));
}

bool mentions(const std::vector<std::string>& faults, const std::string& text) {
    return std::any_of(faults.begin(), faults.end(),
                       [&](const auto& f) { return f.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("sample pages have no layout fault on any screen, theme and text scale") {  // STANDARDS 18
    const wxSize screens[] = {{1080, 1920}, {1920, 1080}, {768, 1366}, {1024, 768}, {1280, 800}};
    for (const auto& screen : screens)
        for (const int percent : {100, 125, 150, 200})
            for (const std::string name : {"light", "contrast"}) {
                Stand stand;
                stand.surface().setTheme(test::theme(name, percent, screen));
                stand.surface().SetSize(screen);
                const sample::Models models;
                for (const auto& [page, view] : sample::pages(models)) {
                    stand.surface().show(nullptr);
                    stand.surface().show(view);
                    const auto faults = stand.surface().layoutFaults();
                    INFO(page << " " << screen.x << "x" << screen.y << " " << name << " " << percent
                              << " %: " << (faults.empty() ? "" : faults.front()));
                    CHECK(faults.empty());
                }
            }
}

TEST_CASE("planted faults are found") {
    Stand stand;
    auto& surface = stand.surface();
    SECTION("a target under 15 mm") {
        surface.show(column({squeezed(knob("small"))}, {.align = Align::Start}));
        CHECK(mentions(surface.layoutFaults(), "small: target under 15 mm"));
    }
    SECTION("no spoken name") {
        surface.show(column({knob("mute", "")}));
        CHECK(mentions(surface.layoutFaults(), "mute: no spoken name"));
    }
    SECTION("text higher than its place") {
        surface.show(column({sized(column({gap(4000)}), {}), plainText("bị đẩy ra ngoài")}));
        CHECK(mentions(surface.layoutFaults(), "outside"));
    }
    SECTION("targets that nearly touch") {
        surface.show(row({knob("a"), knob("b")}, {.gap = 4}));
        CHECK(mentions(surface.layoutFaults(), "a: too close to b"));
    }
}

TEST_CASE("columns share what is left by weight and never take from what is needed") {
    Stand stand({1000, 1000});
    auto& surface = stand.surface();
    auto first = grow(sized(knob("first"), {}), 1), second = grow(sized(knob("second"), {}), 3);
    surface.show(column({first, second}, {.gap = 0}));
    surface.find("first");
    CHECK(first->rect().height == 250);
    CHECK(second->rect().height == 750);
    auto tall = grow(sized(knob("tall"), {.minHeight = 900}), 1), low = grow(sized(knob("low"), {}), 3);
    surface.show(column({tall, low}, {.gap = 0}));
    surface.find("tall");
    CHECK(tall->rect().height + low->rect().height == 1000);
    CHECK(tall->rect().height >= surface.theme().px(900));
}

TEST_CASE("a column that several of its parts give way in fills its place to the pixel") {
    for (int height = 700; height < 712; ++height) {
        Stand stand({900, height});
        Views rows;
        for (int i = 0; i < 9; ++i) rows.push_back(knob("row." + std::to_string(i)));
        // These may become as low as what is in them.
        stand.surface().show(
            column({sized(knob("low"), {.height = 150}), sized(knob("other"), {.height = 170}),
                    grow(scroll("list", column(std::move(rows)), {"Trước", "Sau"}))},
                   {.gap = 20}));
        INFO(height);
        CHECK(stand.surface().layoutFaults().empty());
        CHECK(stand.surface().root()->children().back()->rect().GetBottom() + 1 == height);
    }
}

TEST_CASE("a row that is too narrow goes on in the next line") {
    Stand stand({400, 600});
    auto& surface = stand.surface();
    surface.show(column({row({knob("a", "Quay lại trang trước"), knob("b", "Kết thúc phiên này"),
                              knob("c", "Gọi cán bộ đến đây")})}));
    const auto a = surface.find("a")->rect(), c = surface.find("c")->rect();
    CHECK(c.y > a.y);
    CHECK(surface.layoutFaults().empty());
}

TEST_CASE("a spacer goes along with what it pushes to the next line") {
    const auto bar = [](int width) {
        auto stand = std::make_unique<Stand>(wxSize{width, 600});
        stand->surface().show(
            column({row({knob("back", unbroken("Quay lại")), knob("end", unbroken("Kết thúc")), spacer(),
                         knob("main", unbroken("Tiếp tục gửi"))})}));
        stand->surface().layoutFaults();  // lays out
        return stand;
    };
    const auto rect = [](Stand& stand, const char* id) { return stand.surface().find(id)->rect(); };
    const auto wide = bar(1000);
    CHECK(rect(*wide, "main").y == rect(*wide, "back").y);
    CHECK(rect(*wide, "main").GetRight() == 999);
    const auto narrow = bar(520);
    CHECK(rect(*narrow, "end").y == rect(*narrow, "back").y);
    CHECK(rect(*narrow, "main").y > rect(*narrow, "back").y);
    CHECK(rect(*narrow, "main").GetRight() == 519);

    // Of two after it the second stands at the right, too.
    Stand two({700, 600});
    two.surface().show(
        column({row({knob("back", unbroken("Quay lại")), spacer(), knob("more", unbroken("Quét tiếp")),
                     knob("main", unbroken("Gửi phản ánh ngay"))})}));
    CHECK(two.surface().layoutFaults().empty());
    CHECK(rect(two, "more").y == rect(two, "back").y);
    CHECK(rect(two, "more").GetRight() == 699);
    CHECK(rect(two, "main").y > rect(two, "back").y);
    CHECK(rect(two, "main").GetRight() == 699);
}

TEST_CASE("a whole grid stands beside each other or below, nothing between") {
    const auto columnsAt = [](int width) {
        Stand stand({width, 900});
        stand.surface().show(
            column({grid(3, {knob("a"), knob("b"), knob("c")}, {.minWidth = 250, .whole = true})}));
        stand.surface().layoutFaults();
        const auto left = [&](const char* id) { return stand.surface().find(id)->rect().x; };
        return left("a") == left("c") ? 1 : left("a") == left("b") ? 0 : 3;
    };
    CHECK(columnsAt(1000) == 3);
    CHECK(columnsAt(700) == 1);  // there would be room for two
}

TEST_CASE("a width that is told for 100 % text grows with the letters") {
    for (const int percent : {100, 200}) {
        Stand stand({2000, 400}, "light", percent);
        auto words = sized(plainText("Miễn phí. Không cần đăng nhập.", {.id = "words"}),
                           {.maxWidth = 400, .withText = true});
        stand.surface().show(column({words}));
        stand.surface().layoutFaults();
        const auto& theme = stand.surface().theme();
        CHECK(stand.surface().find("words")->rect().width == theme.px(4.0 * percent));
    }
}

TEST_CASE("a bar's end stands at the right of a line, else in equal parts of one, else line under line") {
    Stand stand({700, 700});
    auto& surface = stand.surface();
    const auto show = [&](int width, const char* last) {
        const auto whole = [](const char* words) { return unbroken(words); };
        auto one = bar({knob("back", whole("Quay lại")), knob("help", whole("Trợ giúp"))},
                       {knob("again", whole("Chụp lại")), knob("use", whole(last))}, 18);
        surface.show(column({padding(std::move(one), {0, 0, 700.0 - width, 0}), spacer()}));
        CHECK(surface.layoutFaults().empty());
        return surface.root()->children()[0]->children()[0]->rect().width;
    };
    const auto at = [&](const char* id) { return surface.find(id)->rect(); };

    const int all = show(700, "Ừ");
    CHECK(at("use").y == at("back").y);
    CHECK(at("use").GetRight() + 1 == all);
    CHECK(at("again").GetRight() < at("use").x);
    CHECK(at("help").GetRight() < at("again").x);

    const int some = show(640, "Dùng ảnh này");
    CHECK(at("help").y == at("back").y);
    CHECK(at("use").y > at("back").GetBottom());
    CHECK(at("again").y == at("use").y);
    CHECK(at("again").x == 0);
    CHECK(at("again").width == at("use").width);
    CHECK(at("use").GetRight() + 1 == some);

    const int few = show(640, "Dùng ảnh này và tiếp tục");
    CHECK(at("again").y == at("help").y);  // beside the start, so that it costs no line
    CHECK(at("again").GetRight() + 1 == few);
    CHECK(at("use").y > at("again").GetBottom());
    CHECK(at("use").width == few);

    const int least = show(330, "Dùng ảnh này");
    CHECK(at("again").y > at("help").GetBottom());
    CHECK(at("use").y > at("again").GetBottom());
    CHECK(at("again").width == least);
    CHECK(at("use").width == least);
}

TEST_CASE("a roomy grid keeps cells beside each other only while their words have one line") {
    Stand stand({700, 700});
    auto& surface = stand.surface();
    const auto beside = [&](const char* words, bool roomy) {
        surface.show(
            column({grid(2, {knob("one"), knob("two", words)}, {.whole = true, .roomy = roomy}), spacer()}));
        return surface.find("one")->rect().y == surface.find("two")->rect().y;
    };
    CHECK(beside("Dùng ảnh này", true));
    CHECK(beside("Đăng nhập VNeID để điền sẵn (không bắt buộc)", false));
    CHECK_FALSE(beside("Đăng nhập VNeID để điền sẵn (không bắt buộc)", true));
}

TEST_CASE("an even row keeps its columns whatever their words say") {
    Stand stand({900, 400});
    auto& surface = stand.surface();
    const auto widthBeside = [&](const char* words, bool even) {
        surface.show(
            column({row({grow(knob("one"), 3), grow(knob("two", words), 2)}, {.even = even}), spacer()}));
        return surface.find("one")->rect().width;
    };
    const char* const kLong = "Đưa mặt có mã ra trước camera, cách khoảng hai gang tay, giữ yên.";
    CHECK(widthBeside("Giữ yên.", true) == widthBeside(kLong, true));
    CHECK(widthBeside("Giữ yên.", false) > widthBeside(kLong, false));
}

TEST_CASE("a banner with room for two lines is as high with one") {
    Stand stand({900, 400});
    auto& surface = stand.surface();
    const auto below = [&](const char* words, int lines) {
        surface.show(
            column({banner({.icon = "lightbulb", .text = words, .lines = lines}), knob("one"), spacer()}));
        return surface.find("one")->rect().y;
    };
    const char* const kTwo = "Đưa mặt có mã ra trước camera, cách khoảng hai gang tay, giữ yên.";
    CHECK(below("Giữ yên.", 2) == below(kTwo, 2));
    CHECK(below("Giữ yên.", 1) < below(kTwo, 1));
}

TEST_CASE("of several forms the first that fits is taken, and none of the others is there") {
    Stand stand({1000, 1000});
    auto& surface = stand.surface();
    const auto form = [](std::string id, double width, double height) {
        return sized(knob(std::move(id)), {.width = width, .height = height});
    };
    SECTION("by height") {
        const auto forms = [&](double place) {
            surface.show(
                column({sized(firstToFit({form("roomy", 300, 400), form("tight", 300, 200)}, Fit::Height),
                              {.height = place})}));
        };
        forms(400);
        CHECK(surface.find("roomy"));
        CHECK_FALSE(surface.find("tight"));
        forms(399);
        CHECK_FALSE(surface.find("roomy"));
        CHECK(surface.find("tight"));
        forms(100);
        CHECK(surface.find("tight"));
    }
    SECTION("by width, and again when the place changes") {
        surface.show(column({firstToFit(
            {row({knob("a", unbroken("một hai ba bốn năm sáu bảy")), knob("b")}, {.flow = false}), knob("b")},
            Fit::Width)}));
        CHECK(surface.find("a"));
        stand.surface().SetSize({300, 1000});
        surface.layoutFaults();
        CHECK_FALSE(surface.find("a"));
        CHECK(surface.find("b"));
        stand.surface().SetSize({1000, 1000});
        surface.layoutFaults();
        CHECK(surface.find("a"));
    }
}

TEST_CASE(
    "a scroll of whole rows cuts none, pages by what it shows, and cuts one that nothing else fits beside") {
    Stand stand({1000, 1000});
    auto& surface = stand.surface();
    const auto rows = [&](double height) {
        Views all;
        for (const char* id : {"a", "b", "c", "d"}) all.push_back(sized(knob(id), {.height = height}));
        surface.show(
            column({sized(scroll("page", column(std::move(all), {.gap = 0}), {"Trước", "Sau", 0, true}),
                          {.height = 600})}));
        surface.layoutFaults();
    };
    rows(200);
    CHECK(surface.seen("b") == surface.find("b")->rect());
    CHECK(surface.seen("c").IsEmpty());
    REQUIRE(surface.find("page.after"));
    surface.find("page.after")->onPress();
    const int offset = surface.find("page")->scrollOffset();
    CHECK(offset > 0);
    CHECK(offset <= 2 * surface.find("b")->rect().height);  // the third row is not passed over
    rows(700);
    CHECK_FALSE(surface.seen("a").IsEmpty());
}
