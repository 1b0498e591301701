#include <algorithm>
#include <array>

#include "ui/kit/Mood.h"
#include "ui/kit/Text.h"

namespace tram::kit {
namespace {

/// A square of fixed size.
class Square : public View {
  protected:
    virtual int side(const Canvas& canvas) const = 0;
    Widths measureWidths(Canvas& canvas) override { return {side(canvas), side(canvas)}; }
    int measureHeight(Canvas& canvas, int) override { return side(canvas); }
    Rect middle(int size) const {
        return {rect_.x + (rect_.width - size) / 2, rect_.y + (rect_.height - size) / 2, size, size};
    }
};

// Icons stand beside words and grow with them.
class Icon final : public Square {
  public:
    Icon(std::string name, double size, Colour colour)
        : name_(std::move(name)), size_(size), colour_(colour) {}
    void paint(Painter& painter) override {
        painter.icon(name_, painter.theme().colour(colour_), middle(side(painter)));
    }

  protected:
    int side(const Canvas& canvas) const override {
        return canvas.px(size_ * canvas.theme().textPercent() / 100);
    }

  private:
    std::string name_;
    double size_;
    Colour colour_;
};

class IconTile final : public Square {
  public:
    IconTile(std::string name, TilePair pair, double size)
        : name_(std::move(name)), pair_(pair), size_(size) {}
    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        const auto& pair = theme.pair(pair_);
        const Rect box = middle(side(painter));
        const int radius = std::min(theme.length(Length::IconBoxRadius), box.width * 10 / 32);
        painter.fill(box, pair.soft, radius);
        if (theme.highContrast()) painter.outline(box, pair.icon, theme.length(Length::Line), radius);
        const int icon = box.width * theme.length(Length::IconBoxIcon) / theme.length(Length::IconBox);
        painter.icon(name_, pair.icon, middle(icon));
    }

  protected:
    int side(const Canvas& canvas) const override {
        return size_ < 0 ? canvas.length(Length::IconBox) : canvas.px(size_);
    }

  private:
    std::string name_;
    TilePair pair_;
    double size_;
};

class Hero final : public Square {
  public:
    Hero(std::string icon, Mood mood, bool large) : icon_(std::move(icon)), mood_(mood), large_(large) {}
    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        const Rect circle = middle(side(painter));
        painter.disc(circle, theme.colour(softOf(mood_)));
        if (theme.highContrast())
            painter.ring(circle, theme.colour(inkOf(mood_)), theme.length(Length::Outline));
        painter.icon(icon_, theme.colour(inkOf(mood_)),
                     middle(theme.length(large_ ? Length::HeroLargeIcon : Length::HeroIcon)));
    }

  protected:
    int side(const Canvas& canvas) const override {
        return canvas.length(large_ ? Length::HeroLargeCircle : Length::HeroCircle);
    }

  private:
    std::string icon_;
    Mood mood_;
    bool large_;
};

class Logo final : public Square {
  public:
    explicit Logo(std::string letters) : letters_(std::move(letters)) {}
    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        const Rect box = middle(side(painter));
        painter.fillDown(box, theme.colour(Colour::LogoTop), theme.colour(Colour::LogoBottom),
                         theme.length(Length::LogoRadius));
        painter.textCentred(letters_, face(painter, box.width), theme.colour(Colour::OnLogo), box);
    }

  protected:
    int side(const Canvas& canvas) const override { return canvas.length(Length::Logo); }

  private:
    // A mark, not a text to read: it keeps its size inside the square at every text scale.
    Face face(const Canvas& canvas, int room) const {
        auto style = canvas.theme().type(Type::Logo);
        style.size = style.size * 100 / canvas.theme().textPercent();
        while (style.size > 4 && canvas.fonts().width(faceOf(style), letters_) > room) style.size -= 1;
        return faceOf(style);
    }
    std::string letters_;
};

}  // namespace

Colour inkOf(Mood mood) {
    static constexpr std::array kInks{Colour::Primary, Colour::Ok, Colour::Warn, Colour::Danger};
    return kInks[static_cast<std::size_t>(mood)];
}

Colour softOf(Mood mood) {
    static constexpr std::array kSofts{Colour::PrimarySoft, Colour::OkSoft, Colour::WarnSoft,
                                       Colour::DangerSoft};
    return kSofts[static_cast<std::size_t>(mood)];
}

ViewRef icon(std::string name, double size, Colour colour) {
    return std::make_shared<Icon>(std::move(name), size, colour);
}
ViewRef iconTile(std::string name, TilePair pair, double size) {
    return std::make_shared<IconTile>(std::move(name), pair, size);
}
ViewRef hero(std::string icon, Mood mood, bool large) {
    return std::make_shared<Hero>(std::move(icon), mood, large);
}
ViewRef logo(std::string letters) {
    return std::make_shared<Logo>(std::move(letters));
}

}  // namespace tram::kit
