#include "ui/kit/Parts.h"

#include <wx/brush.h>
#include <wx/graphics.h>
#include <wx/pen.h>

#include <algorithm>

#include "ui/kit/Control.h"
#include "ui/kit/Controls.h"
#include "ui/kit/Mood.h"
#include "ui/kit/Pictures.h"

namespace tram::kit {
namespace {

class Dot final : public View {
  public:
    explicit Dot(Colour colour) : colour_(colour) {}
    void paint(Painter& painter) override {
        const int side = painter.length(Length::PillDot);
        painter.disc({rect_.x, rect_.y + (rect_.height - side) / 2, side, side},
                     painter.theme().colour(colour_));
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        return {canvas.length(Length::PillDot), canvas.length(Length::PillDot)};
    }
    int measureHeight(Canvas& canvas, int) override { return canvas.length(Length::PillDot); }

  private:
    Colour colour_;
};

/// No width; as high as so many lines of a banner.
class Strut final : public View {
  public:
    explicit Strut(int lines) : lines_(lines) {}
    void paint(Painter&) override {}

  protected:
    Widths measureWidths(Canvas&) override { return {}; }
    int measureHeight(Canvas& canvas, int) override {
        return lines_ * canvas.theme().type(Type::Small).lineHeight;
    }

  private:
    int lines_;
};

class QrView final : public View {
  public:
    QrView(qr::QrCode code, double size) : code_(std::move(code)), size_(size) { role = Role::Image; }

    void paint(Painter& painter) override {
        const int side = std::min(rect_.width, rect_.height);
        // Whole pixels a module: a scanner sees sharp edges only then.
        const int module = std::max(1, side / (code_.size + 2 * kQuiet));
        const int symbol = module * code_.size, all = symbol + 2 * kQuiet * module;
        const int x = rect_.x + (rect_.width - symbol) / 2, y = rect_.y + (rect_.height - symbol) / 2;
        painter.fill({rect_.x + (rect_.width - all) / 2, rect_.y + (rect_.height - all) / 2, all, all},
                     painter.theme().colour(Colour::QrLight));
        fillModules(painter, x, y, module);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override { return {canvas.px(size_), canvas.px(size_)}; }
    int measureHeight(Canvas& canvas, int) override { return canvas.px(size_); }

  private:
    static constexpr int kQuiet = qr::QrCode::kQuietModules;

    void fillModules(Painter& painter, int x, int y, int module) const {
        auto path = painter.gc().CreatePath();
        for (int row = 0; row < code_.size; ++row)
            for (int from = 0; from < code_.size;) {
                int to = from;
                while (to < code_.size && code_.at(to, row)) ++to;
                if (to > from)
                    path.AddRectangle(x + from * module, y + row * module, (to - from) * module, module);
                from = std::max(to, from + 1);
            }
        painter.gc().SetPen(*wxTRANSPARENT_PEN);
        painter.gc().SetBrush(wxBrush(painter.theme().colour(Colour::QrDark)));
        painter.gc().FillPath(path, wxWINDING_RULE);
    }

    qr::QrCode code_;
    double size_;
};

class PictureView final : public View {
  public:
    PictureView(std::string key, std::shared_ptr<const std::string> bytes, int quarters,
                std::string unreadable, double height = 0, double ratio = 0)
        : key_(std::move(key)),
          bytes_(std::move(bytes)),
          quarters_(quarters),
          height_(height),
          ratio_(ratio),
          unreadable_(unreadable.empty() ? nullptr
                                         : plainText(std::move(unreadable),
                                                     {.role = Type::Caption, .align = Align::Centre})) {
        role = Role::Image;
    }
    void paint(Painter& painter) override {
        painter.fill(rect_, painter.theme().colour(Colour::Surface), painter.length(Length::KeyRadius));
        if (!bytes_) return paintSign(painter, "hourglass_empty", nullptr);
        const auto& bitmap = painter.pictures().fitted(key_, *bytes_, rect_.GetSize(), quarters_);
        if (bitmap.IsOk()) return painter.picture(bitmap, rect_);
        paintSign(painter, "broken_image", unreadable_);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        // Alone it is what its page is about: words beside it give way.
        if (height_ > 0) return {canvas.px(height_), canvas.px(height_) * 2};
        return {canvas.length(Length::Picture) / 2, canvas.length(Length::Picture)};
    }
    int measureHeight(Canvas& canvas, int width) override {
        if (height_ > 0)
            return std::min(canvas.px(height_), ratio_ > 0 ? int(width * ratio_) : canvas.px(height_));
        const int picture = std::min(canvas.length(Length::Picture), width * 3 / 4);
        const int words = unreadable_ ? signSide(canvas, width) + unreadable_->heightFor(canvas, width) : 0;
        return std::max(picture, words);
    }

  private:
    static int signSide(const Canvas& canvas, int width) {
        return std::min(width / 3, canvas.length(Length::IconLarge));
    }

    void paintSign(Painter& painter, std::string_view sign, const ViewRef& words) const {
        const int side = signSide(painter, rect_.width);
        const int text = words ? words->heightFor(painter, rect_.width) : 0;
        const int top = rect_.y + (rect_.height - side - text) / 2;
        painter.icon(sign, painter.theme().colour(Colour::Muted),
                     {rect_.x + (rect_.width - side) / 2, top, side, side});
        if (!words) return;
        words->place(painter, {rect_.x, top + side, rect_.width, text});
        words->paint(painter);
    }

    std::string key_;
    std::shared_ptr<const std::string> bytes_;
    int quarters_;
    double height_, ratio_;  ///< as of PhotoOptions; 0: a tile's
    ViewRef unreadable_;
};

ViewRef captionOf(const PictureOptions& o) {
    auto words =
        o.caption.empty() ? nullptr : plainText(o.caption, {.role = Type::Caption, .align = Align::Centre});
    if (!o.selected) return words;
    return row({icon("check_circle", 36, Colour::Primary), std::move(words)},
               {.gap = 10, .justify = Align::Centre, .flow = false});
}

Look pictureLook(const PictureOptions& o) {
    if (o.selected)
        return {.fill = Colour::PrimarySoft,
                .line = Colour::Primary,
                .lineWidth = Length::StrongOutline,
                .radius = Length::CardRadius};
    return {.line = o.onPress ? Colour::Outline : Colour::Line,
            .lineWidth = Length::Line,
            .radius = Length::CardRadius};
}

ViewRef removeButton(const PictureOptions& o) {
    if (!o.onRemove) return nullptr;
    return button({.id = o.id + ".remove",
                   .label = o.removeLabel,
                   .icon = "delete",
                   .kind = ButtonKind::Secondary,
                   .onPress = o.onRemove,
                   .spoken = o.caption.empty() ? "" : o.removeLabel + ": " + o.caption});
}

}  // namespace

ViewRef statusPill(PillOptions o) {
    const auto ink = inkOf(o.mood);
    auto sign = o.icon.empty() ? ViewRef(std::make_shared<Dot>(ink)) : icon(o.icon, 24, ink);
    auto content = row({sign, plainText(o.text, {.role = Type::CaptionStrong, .colour = ink})},
                       {.gap = 12, .flow = false});
    auto view = std::make_shared<Control>(
        std::move(content),
        Look{.fill = softOf(o.mood), .line = ink, .lineWidth = Length::Line, .lined = false, .pill = true},
        ControlSize{.paddingX = Length::PillPadding, .paddingY = 10, .height = Length::PillHeight});
    view->role = Role::Status;
    view->id = o.id;
    view->spokenName = o.spoken.empty() ? o.text : o.spoken;
    return view;
}

ViewRef qr(qr::QrCode code, double size, std::string spoken) {
    auto view = std::make_shared<QrView>(std::move(code), size);
    view->spokenName = std::move(spoken);
    return view;
}

ViewRef pictureTile(PictureOptions o) {
    auto image = std::make_shared<PictureView>(o.key, o.jpeg, o.quarters, o.unreadable);
    image->spokenName = o.spoken.empty() ? o.caption : o.spoken;
    auto content = column({image, captionOf(o), removeButton(o)}, {.gap = 12});
    content->weight = 1;  // pictures of a row stand at one height however long their captions are
    auto view = std::make_shared<Control>(content, pictureLook(o),
                                          ControlSize{.paddingX = Length::KeyBedPadding, .paddingY = 18});
    (o.onPress ? static_cast<View&>(*view) : *image).selected = o.selected;
    view->role = o.onPress ? Role::Button : Role::Group;
    view->id = o.id;
    view->spokenName = image->spokenName;
    view->onPress = std::move(o.onPress);
    return view;
}

ViewRef photo(PhotoOptions o) {
    auto view =
        std::make_shared<PictureView>(std::move(o.key), std::move(o.jpeg), o.quarters, "", o.height, o.ratio);
    view->id = std::move(o.id);
    view->spokenName = std::move(o.spoken);
    return view;
}

ViewRef banner(BannerOptions o) {
    const auto ink = inkOf(o.mood);
    auto text = column({o.title.empty() ? nullptr : paragraph(o.title, {.role = Type::Title, .colour = ink}),
                        o.text.empty() ? nullptr : paragraph(o.text, {.role = Type::Small, .colour = ink})},
                       {.gap = 4});
    text->weight = 1;
    auto sign = row({std::make_shared<Strut>(o.lines), icon(o.icon, o.title.empty() ? 48 : 70, ink)},
                    {.gap = 0, .flow = false});
    auto content = row({std::move(sign), text, o.action}, {.gap = 32});
    auto view = card(
        std::move(content),
        {.padding = o.title.empty() ? 28.0 : kDefault, .fill = softOf(o.mood), .line = ink, .lined = false});
    view->id = o.id;
    view->role = Role::Status;  // its paragraphs speak
    return view;
}

}  // namespace tram::kit
