#include "ui/kit/Keyboard.h"

#include <algorithm>

#include "ui/kit/Container.h"
#include "ui/kit/KeyRows.h"

namespace tram::kit {
namespace {

// A bed wider than this (reference pixels) takes four long rows instead of six.
constexpr double kWideBed = 1250;
// The size of words below which, for large text, the tones get a row of their own.
constexpr double kReadableScale = 1.5;
constexpr double kScaleStep = 0.05;

class KeyboardView final : public Container {
  public:
    explicit KeyboardView(KeyboardOptions options) : Container({}), options_(std::move(options)) {
        id = "keyboard";
    }

    void paint(Painter& painter) override {
        const auto& theme = painter.theme();
        painter.fill(rect_, theme.colour(Colour::KeyBed));
        if (theme.highContrast())
            painter.fill({rect_.x, rect_.y, rect_.width, theme.length(Length::Line)},
                         theme.colour(Colour::Line));
        paintChildren(painter);
    }

  protected:
    Widths measureWidths(Canvas& canvas) override {
        const int least = canvas.theme().target() * 12;
        return {least, std::max(least, canvas.px(1080))};
    }

    int measureHeight(Canvas& canvas, int width) override {
        const int rows = static_cast<int>(keyRows(options_, shape(canvas, width)).size());
        return rows * keyHeight(canvas, width) + (rows - 1) * canvas.length(Length::KeyRowGap) +
               2 * canvas.length(Length::KeyBedTop);
    }

    void layout(Canvas& canvas) override {
        children_.clear();
        int y = rect_.y + canvas.length(Length::KeyBedTop);
        const int height = keyHeight(canvas, rect_.width);
        const auto lines = linesOf(shape(canvas, rect_.width));
        const double scale = largest(canvas, lines, rect_.width);
        for (const auto& line : lines) {
            placeLine(canvas, line, {rect_.x, y, rect_.width, height}, scale);
            y += height + canvas.length(Length::KeyRowGap);
        }
        setSizes(canvas);
    }

  private:
    struct Line {
        std::vector<std::shared_ptr<KeyView>> keys;
        std::vector<double> shares;
        double inset = 0, weights = 0;
        int gaps(const Canvas& canvas) const {
            return canvas.length(Length::KeyGap) * (static_cast<int>(keys.size()) - 1);
        }
        int least(Canvas& canvas, double scale, int height) const {
            int sum = 0;
            for (const auto& key : keys) sum += key->least(canvas, scale, height);
            return sum;
        }
    };

    static bool wide(const Canvas& canvas, int width) { return width > canvas.px(kWideBed); }
    static int keyHeight(const Canvas& canvas, int width) {
        const auto token = wide(canvas, width) ? Length::KeyHeightWide : Length::KeyHeight;
        return std::max(canvas.length(token), canvas.theme().target()) + canvas.length(Length::KeyShadow);
    }
    static int bedWidth(const Canvas& canvas, int width) {
        return width - 2 * canvas.length(Length::KeyBedPadding);
    }

    KeyShape shape(Canvas& canvas, int width) const {
        if (wide(canvas, width)) return KeyShape::Wide;
        if (canvas.theme().textPercent() < kReadableScale * 100) return KeyShape::Tall;
        const double together = largest(canvas, linesOf(KeyShape::Tall), width);
        if (together >= kReadableScale) return KeyShape::Tall;
        const double apart = largest(canvas, linesOf(KeyShape::TonesApart), width);
        return apart > together ? KeyShape::TonesApart : KeyShape::Tall;
    }

    std::vector<Line> linesOf(KeyShape shape) const {
        std::vector<Line> lines;
        for (auto& row : keyRows(options_, shape)) {
            auto& line = lines.emplace_back();
            line.inset = row.inset;
            line.weights = 2 * row.inset;
            for (auto& key : row.keys) {
                line.weights += key.weight;
                line.shares.push_back(key.weight);
                line.keys.push_back(std::make_shared<KeyView>(std::move(key)));
            }
        }
        return lines;
    }

    /// The largest text scale up to the theme's own at which every row has room for its labels.
    static double largest(Canvas& canvas, const std::vector<Line>& lines, int width) {
        const int height = keyHeight(canvas, width);
        double scale = canvas.theme().textPercent() / 100.0;
        const auto fits = [&](const Line& line) {
            const int room = bedWidth(canvas, width) - line.gaps(canvas);
            return line.least(canvas, scale, height) <= room * (1 - 2 * line.inset / line.weights);
        };
        while (scale > 1 && !std::all_of(lines.begin(), lines.end(), fits)) scale -= kScaleStep;
        return std::max(1.0, scale);
    }

    void placeLine(Canvas& canvas, const Line& line, const Rect& place, double scale) {
        const int gaps = line.gaps(canvas), least = line.least(canvas, scale, place.height);
        const int most =
            std::max(static_cast<int>(line.weights * canvas.length(Length::KeyMaxWidth)), least) + gaps;
        const int room = std::min(bedWidth(canvas, place.width), most);
        const double inset = line.inset / line.weights * (room - gaps);
        const auto widths =
            divide(canvas, line, room - gaps - static_cast<int>(2 * inset), scale, place.height);
        int x = place.x + (place.width - room) / 2 + static_cast<int>(inset);
        for (std::size_t i = 0; i < line.keys.size(); ++i) {
            const int across = canvas.length(Length::KeyGap), down = canvas.length(Length::KeyRowGap);
            line.keys[i]->place(
                canvas, {x - across / 2, place.y - down / 2, widths[i] + across, place.height + down});
            x += widths[i] + across;
            children_.push_back(line.keys[i]);
        }
    }

    // By weight, but a word is never squeezed; what it takes more, the others give.
    static std::vector<int> divide(Canvas& canvas, const Line& line, double room, double scale, int height) {
        const auto& keys = line.keys;
        auto shares = line.shares;
        std::vector<int> widths(keys.size(), 0);
        for (bool again = true; again;) {
            again = false;
            double open = 0;
            for (double share : shares) open += share;
            for (std::size_t i = 0; i < keys.size(); ++i) {
                const int least = keys[i]->least(canvas, scale, height);
                if (shares[i] == 0 || room * shares[i] / open >= least) continue;
                widths[i] = least;
                room -= least;
                shares[i] = 0;
                again = true;
                break;
            }
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (shares[i] == 0) continue;
            double open = 0;
            for (std::size_t k = i; k < keys.size(); ++k) open += shares[k];
            widths[i] = static_cast<int>(room * shares[i] / open);
            room -= widths[i];
        }
        return widths;
    }

    // One size for all letters and one for all words, however much the text is enlarged.
    void setSizes(Canvas& canvas) {
        double letters = 1e9, words = 1e9;
        for (const auto& child : children_) {
            const auto& key = static_cast<const KeyView&>(*child);
            auto& size = key.word() ? words : letters;
            size = std::min(size, key.fitting(canvas));
        }
        for (const auto& child : children_) {
            auto& key = static_cast<KeyView&>(*child);
            key.setSize(key.word() ? words : letters);
        }
    }

    KeyboardOptions options_;
};

}  // namespace

ViewRef keyboard(KeyboardOptions options) {
    return std::make_shared<KeyboardView>(std::move(options));
}

}  // namespace tram::kit
