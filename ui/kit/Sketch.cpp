#include "ui/kit/Sketch.h"

#include <algorithm>

#include "ui/kit/Layout.h"
#include "ui/kit/Text.h"

namespace tram::kit {
namespace {

using Kind = SketchRow::Kind;

constexpr double kNarrowest = 320, kFrame = 44, kFinger = 68, kHole = 190;

/// Shows one view and lets nobody look into it: what is drawn is no control, and is spoken as a whole.
class Drawn : public View {
  public:
    explicit Drawn(ViewRef body) : body_(std::move(body)) {}
    void forget() override {
        View::forget();
        body_->forget();
    }
    void paint(Painter& painter) override { body_->paint(painter); }

  protected:
    Widths measureWidths(Canvas& canvas) override { return body_->widths(canvas); }
    int measureHeight(Canvas& canvas, int width) override { return body_->heightFor(canvas, width); }
    void layout(Canvas& canvas) override { body_->place(canvas, rect_); }

    ViewRef body_;
};

/// A hand at the lower right of what is to be pressed.
class Fingered final : public Drawn {
  public:
    using Drawn::Drawn;
    void paint(Painter& painter) override {
        Drawn::paint(painter);
        const auto& theme = painter.theme();
        const int side = painter.px(kFinger);
        const Rect spot{rect_.x + rect_.width - side - painter.px(10), rect_.y + rect_.height - side / 3,
                        side, side};
        painter.disc(spot, theme.colour(Colour::Card));
        painter.ring(spot, theme.colour(Colour::Ink), theme.length(Length::Outline));
        painter.icon("touch_app", theme.colour(Colour::Ink), Rect(spot).Deflate(side / 6));
    }
};

/// What a camera sees: four corners around a code.
class CameraHole final : public View {
  public:
    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        painter.fill(rect_, theme.colour(Colour::Track), theme.length(Length::KeyRadius));
        const int side = std::min(rect_.width, rect_.height) * 3 / 4, arm = side / 4;
        const int line = theme.length(Length::StrongOutline);
        const Rect aim{rect_.x + (rect_.width - side) / 2, rect_.y + (rect_.height - side) / 2, side, side};
        for (const int x : {aim.x, aim.x + side})
            for (const int y : {aim.y, aim.y + side}) {
                const auto ink = theme.colour(Colour::Ink);
                painter.stroke({x, y}, {x == aim.x ? x + arm : x - arm, y}, ink, line);
                painter.stroke({x, y}, {x, y == aim.y ? y + arm : y - arm}, ink, line);
            }
        painter.icon("qr_code_2", theme.colour(Colour::Ink), Rect(aim).Deflate(side / 5));
    }

  protected:
    Widths measureWidths(Canvas& canvas) override { return {canvas.px(kHole), canvas.px(kHole)}; }
    int measureHeight(Canvas& canvas, int) override { return canvas.px(kHole); }
};

class Phone final : public Drawn {
  public:
    Phone(ViewRef body, double width) : Drawn(std::move(body)), width_(width) { role = Role::Image; }
    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        painter.fill(rect_, theme.colour(Colour::Surface), painter.px(kFrame));
        painter.outline(rect_, theme.colour(Colour::Outline), theme.length(Length::StrongOutline),
                        painter.px(kFrame));
        const int ear = painter.px(110), high = painter.px(10);
        painter.fill({rect_.x + (rect_.width - ear) / 2, rect_.y + painter.px(20), ear, high},
                     theme.colour(Colour::Outline), high / 2);
        Drawn::paint(painter);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        const int narrow = std::max(canvas.px(kNarrowest), body_->widths(canvas).min);
        return {narrow, std::max(narrow, canvas.px(width_))};
    }

  private:
    double width_;
};

ViewRef words(const std::string& text, Colour colour, bool strong = false, Align align = Align::Start) {
    return plainText(
        text, {.role = strong ? Type::CaptionStrong : Type::Caption, .colour = colour, .align = align});
}

ViewRef pressable(const std::string& text) {
    return card(words(text, Colour::OnPrimary, true, Align::Centre),
                {.padding = 16, .fill = Colour::Primary, .lined = false, .radius = 18});
}

ViewRef withSign(const char* sign, Colour ink, ViewRef text, CardStyle style) {
    return card(row({icon(sign, 30, ink), grow(std::move(text))}, {.gap = 14, .flow = false}), style);
}

ViewRef drawn(const SketchRow& line) {
    switch (line.kind) {
        case Kind::Bar:
            return card(words(line.text, Colour::PrimaryInk, true),
                        {.padding = 16, .fill = Colour::PrimarySoft, .lined = false, .radius = 18});
        case Kind::Search:
            return withSign("search", Colour::Muted, words(line.text, Colour::Ink),
                            {.padding = 16, .line = Colour::Outline, .radius = 30});
        case Kind::App:
            return card(row({iconTile("smartphone", TilePair::Blue, 64),
                             grow(words(line.text, Colour::Ink, true)), pressable(line.button)},
                            {.gap = 14}),
                        {.padding = 16, .radius = 18});
        case Kind::Button:
            return pressable(line.text);
        case Kind::Field:
            return card(words(line.text, Colour::Muted),
                        {.padding = 18, .line = Colour::Outline, .radius = 14});
        case Kind::Notice:
            return withSign("info", Colour::Warn, words(line.text, Colour::Warn),
                            {.padding = 16, .fill = Colour::WarnSoft, .line = Colour::Warn, .radius = 14});
        case Kind::Camera:
            return std::make_shared<CameraHole>();
    }
    return nullptr;
}

}  // namespace

ViewRef phoneSketch(std::vector<SketchRow> rows, std::string spoken, double width) {
    Views all;
    for (const auto& line : rows) {
        auto view = drawn(line);
        all.push_back(line.finger ? std::make_shared<Fingered>(std::move(view)) : std::move(view));
    }
    auto view =
        std::make_shared<Phone>(padding(column(std::move(all), {.gap = 16}), {28, 52, 28, 48}), width);
    view->spokenName = std::move(spoken);
    return view;
}

}  // namespace tram::kit
