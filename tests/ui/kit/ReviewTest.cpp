#include <wx/image.h>
#include <wx/mstream.h>

#include <catch2/catch.hpp>

#include "tests/ui/kit/Pages.h"
#include "tests/ui/kit/Stand.h"

using namespace tram::kit;
using test::Stand;

namespace {

std::shared_ptr<const std::string> greenPng() {
    if (!wxImage::FindHandler(wxBITMAP_TYPE_PNG)) wxImage::AddHandler(new wxPNGHandler);
    wxImage image(400, 300);
    image.SetRGB(wxRect(0, 0, 400, 300), 0, 200, 0);
    wxMemoryOutputStream out;
    image.SaveFile(out, wxBITMAP_TYPE_PNG);
    std::string bytes(out.GetSize(), '\0');
    out.CopyTo(bytes.data(), bytes.size());
    return std::make_shared<const std::string>(bytes);
}

/// Ink of the placeholder or the text among the field's upper or lower padding would be a cut line.
bool plainBand(const wxImage& image, const Rect& band) {
    for (int y = band.y; y < band.y + band.height; ++y)
        for (int x = band.x; x < band.x + band.width; ++x)
            if (image.GetGreen(x, y) != image.GetGreen(band.x, band.y)) return false;
    return true;
}

}  // namespace

TEST_CASE("a long placeholder is one whole line at every text size") {  // STANDARDS 18
    for (const int percent : {100, 150, 200}) {
        Stand stand;
        auto& surface = stand.surface();
        surface.setTheme(test::theme("light", percent));
        surface.show(column({textField({.id = "field",
                                        .model = std::make_shared<TextEdit>(TextEdit::Options{}),
                                        .placeholder = "Tìm phường, xã khác – gõ tên mới hoặc tên cũ của nó",
                                        .label = "Phường"})}));
        const auto field = surface.find("field")->rect();
        const auto& theme = surface.theme();
        CHECK(field.height == std::max(theme.length(Length::FieldHeight),
                                       theme.type(Type::Body).lineHeight + 2 * theme.px(20)));
        const auto image = surface.picture().ConvertToImage();
        const int padding = theme.length(Length::FieldPadding), edge = theme.length(Length::StrongOutline);
        CHECK(plainBand(image, {field.x + padding, field.y + edge, field.width - 2 * padding, theme.px(10)}));
        const int bottom = field.y + field.height - edge - theme.px(10);
        CHECK(plainBand(image, {field.x + padding, bottom, field.width - 2 * padding, theme.px(10)}));
    }
}

TEST_CASE("a whole code stays in sight however large the text") {
    Stand stand;
    auto& surface = stand.surface();
    surface.setTheme(test::theme("light", 200));
    auto edit = std::make_shared<TextEdit>(TextEdit::Options{.limit = 13, .accept = Accept::Code});
    surface.show(column({textField({.id = "code", .model = edit, .label = "Mã", .large = true})}));
    surface.focus("code", false);
    edit->set("K7M-3Q9-X2T-W");
    surface.refresh();
    stand.settle();
    const auto field = surface.find("code")->rect();
    // A touch at the very start of the place for text is before the first letter only when nothing scrolled.
    stand.press(surface.ClientToScreen(
        wxPoint(field.x + surface.theme().length(Length::FieldPadding) + 1, field.y + field.height / 2)));
    stand.release();
    CHECK(edit->caret() == 0);
}

TEST_CASE("a picture whose bytes come later is shown then") {
    Stand stand({600, 600});
    auto& surface = stand.surface();
    const auto page = [](std::shared_ptr<const std::string> bytes) {
        return column({pictureTile({.id = "p", .key = "k", .jpeg = std::move(bytes), .caption = "Ảnh"})});
    };
    const auto greenInside = [&] {
        const auto image = surface.picture().ConvertToImage();
        const auto tile = surface.find("p")->rect();
        const int x = tile.x + tile.width / 2, y = tile.y + tile.height / 3;
        return image.GetGreen(x, y) == 200 && image.GetRed(x, y) == 0;
    };
    surface.show(page(nullptr));
    CHECK_FALSE(greenInside());
    surface.show(page(greenPng()));
    CHECK(greenInside());
}

TEST_CASE("a chosen picture that cannot be pressed is told as chosen and is no target") {
    Stand stand({600, 600});
    auto& surface = stand.surface();
    surface.show(column(
        {pictureTile({.id = "p", .key = "k", .jpeg = greenPng(), .caption = "Ảnh mẫu", .selected = true})}));
    CHECK_FALSE(surface.find("p")->isTarget());
    const auto all = surface.describe();
    CHECK(std::any_of(all.begin(), all.end(), [](const auto& d) {
        return d.role == Role::Image && d.selected && d.spoken == "Ảnh mẫu";
    }));
    CHECK(surface.layoutFaults().empty());
}

TEST_CASE("scroll buttons keep clear of what stands below, at the side both stand low") {
    for (const wxSize screen : {wxSize(1080, 1400), wxSize(1600, 700)}) {
        Stand stand(screen);
        auto& surface = stand.surface();
        surface.show(column({grow(scroll("list", gap(4000), {"Trước", "Sau"}))}));
        const auto before = surface.find("list.before")->rect(), after = surface.find("list.after")->rect();
        const int air = surface.theme().px(16);
        CHECK(screen.y - (after.y + after.height) == air);
        const auto content = surface.find("list")->rect();
        if (screen.x > screen.y) {
            CHECK(before.y > screen.y / 2);
            CHECK(before.x == after.x);
            CHECK(before.x - (content.x + content.width) == air);
        } else {
            CHECK(before.y - (content.y + content.height) == air);
        }
    }
}

TEST_CASE("large text gives the tones a row of their own when their words need it") {
    const auto apart = [](double pxPerMm, int percent) {
        Stand stand({1080, 1920});
        auto& surface = stand.surface();
        surface.setTheme(test::theme("light", percent, {1080, 1920}, pxPerMm));
        surface.show(column({spacer(), keyboard({.model = std::make_shared<TextEdit>(TextEdit::Options{}),
                                                 .state = std::make_shared<KeyboardState>(),
                                                 .words = sample::keyboardWords(),
                                                 .onHide = [] {}})}));
        CHECK(surface.layoutFaults().empty());
        return surface.find("key.tone.sac")->rect().y > surface.find("key.ă")->rect().y;
    };
    CHECK_FALSE(apart(2.7, 100));
    CHECK(apart(3.4, 200));
}
